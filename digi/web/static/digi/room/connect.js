// @ts-check
// The room's connection id, for programs: shown, and copied where the browser lets us.
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useRef, useState } from "../vendor/hooks.js";
import { copied } from "../clipboard.js";

/** @param {{id: string}} props */
export function Connect({ id }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [words, setWords] = useState("");
  const copy = async () => {
    const isDone = await copied(id);
    field.current?.select();
    setWords(isDone ? t("Copied") : t("Selected: copy it with Ctrl C"));
  };
  return html`
    <section class="connect">
      <h3>${t("For programs")}</h3>
      <p><small>${t("A program connects to this room at /ws/chat/…/ with this id.")}</small></p>
      <input class="field" readonly aria-label=${t("Connection id")} value=${id} ref=${field} onFocus=${() => field.current?.select()} />
      <button type="button" class="btn quiet" onClick=${copy}><${Icon} name="copy" />${t("Copy connection id")}</button>
      <small role="status">${words}</small>
    </section>
  `;
}
