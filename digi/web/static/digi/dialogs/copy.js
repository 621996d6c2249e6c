// @ts-check
// A text to copy by hand, where the browser keeps its clipboard to itself.
import { html } from "../html.js";
import { t } from "../language.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";

/** @param {{text: string}} props */
export function Copy({ text }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => field.current?.select(), []);
  return html`
    <${Dialog} title=${t("Copy this")} class="small">
      <p>${t("The browser does not let this page copy by itself. It is selected: copy it with Ctrl C.")}</p>
      <textarea class="field" rows="4" readonly autofocus dir="auto" aria-label=${t("Text to copy")} ref=${field} value=${text}
        onFocus=${() => field.current?.select()} />
    <//>
  `;
}
