// @ts-check
// What one wants to be told of, how, and when not.
import { ASKED, permission } from "../../attention/asking.js";
import { isQuiet } from "../../attention/quiet.js";
import { chime } from "../../attention/sound.js";
import { html, typed } from "../../html.js";
import { t } from "../../language.js";
import { kept } from "../../storage.js";
import { useState } from "../../vendor/hooks.js";
import { Choice, Switch, Way, Wrong, useChange } from "./controls.js";

/** @typedef {import("./settings.js").PartProps} PartProps */

/** @param {PartProps} props */
export function Notices({ chosen, save }) {
  const kinds = [
    { value: "all", words: t("Every message") },
    { value: "mentions", words: t("What is addressed to me") },
    { value: "none", words: t("Nothing") },
  ];
  return html`
    <${Choice} legend=${t("Tell me of")} name="notify" options=${kinds} chosen=${chosen.notify} save=${save}>
      <p class="hint">${t("Never of what you are looking at, nor of muted rooms. Addressed to you is what mentions you, and what comes directly.")}</p>
    <//>
    <${Browser} />
    <div class="group">
      <${Switch} name="sounds" words=${t("Sounds")} chosen=${chosen.sounds} save=${save} />
      <${Way} icon="sound" words=${t("Play it")} run=${chime} />
    </div>
    <${Quiet} chosen=${chosen} save=${save} />
  `;
}

/** Whether this browser may show notices. It asks here, and never by itself. */
function Browser() {
  const [state, setState] = useState(/** @type {string} */ (permission()));
  const ask = async () => {
    kept.set(ASKED, true);
    setState(await Notification.requestPermission());
  };
  return html`
    <section class="group" aria-labelledby="here">
      <h4 class="label" id="here">${t("In this browser")}</h4>
      <p class="hint" role="status">${stateWords(state)}</p>
      ${state === "default" && html`<${Way} icon="bell" words=${t("Allow notices here")} run=${ask} />`}
    </section>
  `;
}

/** @param {string} state */
function stateWords(state) {
  switch (state) {
    case "granted": return t("Notices are shown on this device.");
    case "denied": return t("This browser refuses notices from here. Its settings for this site can allow them again.");
    case "default": return t("This browser does not show notices yet.");
    default: return t("Notices need an address that begins with https; sounds and counts work all the same.");
  }
}

/** @param {PartProps} props */
function Quiet({ chosen, save }) {
  const isOn = !!(chosen.quiet_from && chosen.quiet_to);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  /** @param {boolean} to */
  const fields = (to) => (to ? { quiet_from: "22:00", quiet_to: "07:00", zone: chosen.zone || here } : { quiet_from: "", quiet_to: "" });
  return html`
    <fieldset class="group">
      <legend>${t("Quiet hours")}</legend>
      <${Switch} name="quiet" words=${t("Leave me in peace at night")} chosen=${isOn} save=${save} fields=${fields}
        hint=${isOn && isQuiet(chosen, new Date()) ? t("It is quiet now.") : t("No notices and no sounds in these hours; counts go on.")} />
      ${isOn && html`<${Hours} chosen=${chosen} save=${save} here=${here} />`}
    </fieldset>
  `;
}

/** @param {PartProps & {here: string}} props */
function Hours({ chosen, save, here }) {
  const [change, wrong] = useChange(save);
  const zones = [...new Set([here, chosen.zone || here, ...(Intl.supportedValuesOf?.("timeZone") ?? [])])];
  /** @param {"quiet_from" | "quiet_to"} name */
  const set = (name) => typed((text) => text && change({ [name]: text }));
  return html`
    <div class="span">
      <label>${t("From")} <input class="field" type="time" required value=${chosen.quiet_from} onChange=${set("quiet_from")} /></label>
      <label>${t("Until")} <input class="field" type="time" required value=${chosen.quiet_to} onChange=${set("quiet_to")} /></label>
      <label>${t("Time zone")}
        <select class="field" value=${chosen.zone || here} onChange=${typed((zone) => change({ zone }))}>
          ${zones.map((zone) => html`<option key=${zone} value=${zone} selected=${zone === (chosen.zone || here)}>${zone.replaceAll("_", " ")}</option>`)}
        </select>
      </label>
    </div>
    <${Wrong} text=${wrong} />
  `;
}
