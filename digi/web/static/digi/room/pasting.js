// @ts-check
// What was pasted of several lines can be made a quote or code, as long as nothing else was typed.
import { html } from "../html.js";
import { t } from "../language.js";
import { apply, fenced, quoted } from "./edits.js";

/** @typedef {"text" | "quote" | "code"} As */
/** @typedef {{raw: string, from: number, to: number, as: As}} Pasted `raw` stands between, as `as` */

/**
 * `pasted` in another way. Pure.
 * @param {string} text of the field
 * @param {Pasted} pasted
 * @param {As} as
 */
export function asAnother(text, { raw, from, to }, as) {
  const made = as === "quote" ? quoted(raw) : as === "code" ? fenced(raw) : raw;
  const isBlock = as !== "text";
  const lead = isBlock && from > 0 && text[from - 1] !== "\n" ? "\n" : "";
  const trail = isBlock && text[to] !== "\n" ? "\n" : "";
  const whole = lead + made + trail;
  return { change: { from, to, text: whole, select: /** @type {[number, number]} */ ([from + whole.length, from + whole.length]) }, pasted: { raw, from, to: from + whole.length, as } };
}

/** @param {{pasted: Pasted, area: () => HTMLTextAreaElement | null, onChange: (pasted: Pasted) => void}} props */
export function PasteBar({ pasted, area, onChange }) {
  /** @param {As} as */
  const make = (as) => {
    const field = area();
    if (!field || as === pasted.as) return;
    const made = asAnother(field.value, pasted, as);
    apply(field, made.change);
    onChange(made.pasted);
  };
  const words = { text: t("Text"), quote: t("Quote"), code: t("Code") };
  return html`
    <div class="bar pasting" role="group" aria-label=${t("Paste as")}>
      <span>${t("Paste as")}</span>
      ${/** @type {As[]} */ (["text", "quote", "code"]).map((as) => html`
        <button type="button" aria-pressed=${as === pasted.as} onClick=${() => make(as)}>${words[as]}</button>
      `)}
    </div>
  `;
}
