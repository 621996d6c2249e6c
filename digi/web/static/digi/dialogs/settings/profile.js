// @ts-check
// How others see one: name, initials, colour; shown while it is typed.
import { useDigi } from "../../context.js";
import { html, typed } from "../../html.js";
import { t } from "../../language.js";
import { Avatar } from "../../pieces.js";
import { useState } from "../../vendor/hooks.js";
import { Wrong, useChange } from "./controls.js";

/** @param {import("./settings.js").PartProps} props */
export function Profile({ save }) {
  const { me } = useDigi().client.state.value;
  const [draft, setDraft] = useState(/** @type {Partial<Person>} */ ({}));
  /** @type {import("./settings.js").Save} */
  const edit = async (fields) => {
    const wrong = await save(fields, "profile.edit");
    if (!wrong) setDraft((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !(name in fields))));
    return wrong;
  };
  const seen = { ...me, ...draft };
  /** @param {Partial<Person>} fields */
  const begin = (fields) => setDraft((now) => ({ ...now, ...fields }));
  return html`
    <div class="preview">
      <${Avatar} person=${seen} class="big" />
      <div><b><bdi>${seen.display_name}</bdi></b><small>@${me.username}</small></div>
    </div>
    <div class="stack">
      <${Line} name="display_name" label=${t("Displayed name")} most=${60} value=${seen.display_name} begin=${begin} save=${edit}
        hint=${t("In any script. Your username stays as it is.")} />
      <${Line} name="initials" label=${t("Initials")} most=${3} value=${seen.initials} begin=${begin} save=${edit}
        hint=${t("Up to three characters. Leave empty to take them from your name.")} />
    </div>
    <${Colours} mine=${me.hue} chosen=${seen.hue} begin=${begin} save=${edit} />
  `;
}

/** @typedef {{begin: (fields: object) => void, save: import("./settings.js").Save}} Edited */

/** @param {Edited & {name: string, label: string, hint: string, most: number, value: string}} props */
function Line({ name, label, hint, most, value, begin, save }) {
  const [change, wrong] = useChange(save);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key === "Enter" && !event.isComposing) /** @type {HTMLElement} */ (event.target).blur();
  };
  return html`
    <label>
      ${label}
      <input class="field" name=${name} maxlength=${most} value=${value} autocomplete="off" spellcheck=${false} dir="auto"
        aria-invalid=${wrong ? "true" : undefined} onInput=${typed((text) => begin({ [name]: text }))}
        onChange=${typed((text) => change({ [name]: text }))} onKeyDown=${pressed} />
      <small class="hint">${hint}</small>
      <${Wrong} text=${wrong} />
    </label>
  `;
}

const twelve = () => [
  [0, t("Rose")], [30, t("Coral")], [60, t("Amber")], [90, t("Olive")], [120, t("Moss")], [150, t("Green")],
  [180, t("Teal")], [210, t("Sea")], [240, t("Blue")], [270, t("Indigo")], [300, t("Violet")], [330, t("Plum")],
];

/** A colour beside the twelve takes the place of the one nearest to it, as in `forms.py`. @param {number} mine @returns {[number, string][]} */
function swatches(mine) {
  const all = /** @type {[number, string][]} */ (twelve());
  /** @param {number} hue */
  const far = (hue) => Math.abs(((hue - mine + 540) % 360) - 180);
  const nearest = all.reduce((best, one) => (far(one[0]) < far(best[0]) ? one : best));
  return all.map((one) => (one === nearest && one[0] !== mine ? [mine, t("As it is now")] : one));
}

/** @param {Edited & {mine: number, chosen: number}} props */
function Colours({ mine, chosen, begin, save }) {
  const [change, wrong] = useChange(save);
  const [first] = useState(mine); // the one beside the twelve stays where it is while one tries others
  /** @param {number} hue */
  const choose = (hue) => (begin({ hue }), change({ hue }));
  return html`
    <fieldset>
      <legend>${t("Colour")}</legend>
      <div class="hues">
        ${swatches(first).map(
          ([hue, name]) => html`
            <label key=${hue} title=${name}>
              <input type="radio" name="hue" value=${hue} checked=${chosen === hue} onChange=${() => choose(hue)} />
              <span class=${`h${(Math.floor((hue + 5) / 10) * 10) % 360}`}></span><span class="sr">${name}</span>
            </label>`,
        )}
      </div>
      <${Wrong} text=${wrong} />
    </fieldset>
  `;
}
