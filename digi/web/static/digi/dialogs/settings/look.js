// @ts-check
// How Digi looks: theme, density, size of text.
import { html } from "../../html.js";
import { t } from "../../language.js";
import { step } from "../../look.js";
import { useState } from "../../vendor/hooks.js";
import { Choice, Wrong, useChange } from "./controls.js";

/** @param {import("./settings.js").PartProps} props */
export function Look({ chosen, save }) {
  const themes = [
    { value: "system", words: t("As the system") },
    { value: "light", words: t("Light") },
    { value: "dark", words: t("Dark") },
    { value: "contrast", words: t("High contrast") },
  ];
  const densities = [
    { value: "comfortable", words: t("Comfortable") },
    { value: "compact", words: t("Compact") },
  ];
  return html`
    <${Choice} legend=${t("Theme")} name="theme" chosen=${chosen.theme} save=${save}
      options=${themes.map((theme) => ({ ...theme, sample: html`<${Sample} theme=${theme.value} />` }))}>
      <p class="hint">${t("High contrast is light or dark as the system is.")}</p>
    <//>
    <${Choice} legend=${t("Density")} name="density" options=${densities} chosen=${chosen.density} save=${save} />
    <${TextSize} chosen=${chosen.text_size} save=${save} />
  `;
}

/** @param {{theme: string}} props */
function Sample({ theme }) {
  return html`<span class="sample" data-theme=${theme} aria-hidden="true"><i /><i /><i /></span>`;
}

/** @param {{chosen: number, save: import("./settings.js").Save}} props */
function TextSize({ chosen, save }) {
  const [change, wrong] = useChange(save);
  const [held, setHeld] = useState(/** @type {number | null} */ (null)); // while it is dragged nothing moves but the knob
  const shown = held ?? step(chosen);
  /** @param {Event} event */
  const value = (event) => Number(/** @type {HTMLInputElement} */ (event.target).value);
  /** @param {Event} event */
  const chose = async (event) => {
    await change({ text_size: value(event) });
    setHeld(null);
  };
  return html`
    <div>
      <label class="label" for="text-size">${t("Size of text")}</label>
      <div class="size">
        <input id="text-size" type="range" min="80" max="160" step="10" value=${shown} aria-valuetext=${t("{size} percent", { size: shown })}
          onInput=${(/** @type {Event} */ event) => setHeld(value(event))} onChange=${chose} />
        <output for="text-size">${t("{size} %", { size: shown })}</output>
      </div>
      <p class="try" style=${{ "--try": shown / step(chosen) }}>${t("So large is what people write to you.")}</p>
      <${Wrong} text=${wrong} />
    </div>
  `;
}
