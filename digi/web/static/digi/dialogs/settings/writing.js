// @ts-check
// How one writes: what Enter does, and for how long a message can be taken back.
import { html } from "../../html.js";
import { n, t } from "../../language.js";
import { Choice, Switch } from "./controls.js";

const PAUSES = [0, 3, 5, 10]; // s

/** @param {import("./settings.js").PartProps} props */
export function Writing({ chosen, save }) {
  const pauses = [...new Set([...PAUSES, chosen.undo_send])].sort((a, b) => a - b);
  const options = pauses.map((value) => ({ value, words: value ? n(value, "{count} second", "{count} seconds") : t("Off") }));
  return html`
    <${Switch} name="enter_sends" words=${t("Enter sends")} chosen=${chosen.enter_sends} save=${save}
      hint=${chosen.enter_sends ? t("Shift and Enter begin a new line.") : t("Enter begins a new line; Ctrl and Enter send.")} />
    <${Choice} legend=${t("Undo send")} name="undo_send" options=${options} chosen=${chosen.undo_send} save=${save}>
      <p class="hint">${t("A message waits this long before it goes out, and can be taken back.")}</p>
    <//>
  `;
}
