// @ts-check
// Marks around what is selected, and a row of buttons for them.
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { apply, fenced, lined, wrapped } from "./edits.js";

/** What is selected gets the mark, or loses it. @param {HTMLTextAreaElement} area @param {string} mark */
export function wrap(area, mark) {
  apply(area, wrapped(area.value, area.selectionStart, area.selectionEnd, mark));
}

/** @param {HTMLTextAreaElement} area @param {string} mark */
function line(area, mark) {
  apply(area, lined(area.value, area.selectionStart, area.selectionEnd, mark));
}

/** @param {HTMLTextAreaElement} area */
function block(area) {
  const { value, selectionStart: from, selectionEnd: to } = area;
  const lead = from > 0 && value[from - 1] !== "\n" ? "\n" : "";
  const made = fenced(value.slice(from, to));
  const at = from + lead.length + made.indexOf("\n") + 1;
  apply(area, { from, to, text: lead + made, select: [at, at + (to - from)] });
}

/** @param {{area: () => HTMLTextAreaElement | null}} props */
export function Formatting({ area }) {
  /** @param {(field: HTMLTextAreaElement) => void} make */
  const on = (make) => () => {
    const field = area();
    if (field) make(field);
  };
  const buttons = [
    { icon: "bold", label: t("Bold"), run: on((field) => wrap(field, "**")) },
    { icon: "italic", label: t("Italic"), run: on((field) => wrap(field, "*")) },
    { icon: "strike", label: t("Strike through"), run: on((field) => wrap(field, "~~")) },
    { icon: "code", label: t("Code"), run: on((field) => wrap(field, "`")) },
    { icon: "block-code", label: t("Block of code"), run: on(block) },
    { icon: "quote", label: t("Quote"), run: on((field) => line(field, "> ")) },
    { icon: "list", label: t("List"), run: on((field) => line(field, "- ")) },
  ];
  return html`
    <div class="bar formatting" role="toolbar" aria-label=${t("Formatting")} onKeyDown=${step}>
      ${buttons.map(({ icon, label, run }, index) => html`
        <${IconButton} key=${icon} icon=${icon} label=${label} tabindex=${index ? -1 : 0} onClick=${run}
          onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} />
      `)}
    </div>
  `;
}

/** One tab stop, arrows inside (WAI-ARIA toolbar). @param {KeyboardEvent} event */
function step(event) {
  const isRtl = document.dir === "rtl";
  const by = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const next = buttons.at((at + by) % buttons.length);
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}
