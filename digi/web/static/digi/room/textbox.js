// @ts-check
// A field that grows with its text. Enter sends, Shift+Enter breaks the line, and neither while an input method composes.
import { html, typed } from "../html.js";
import { lengthOf } from "../text.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";

const NEAR = 200; // characters before the limit at which it is told

/**
 * @typedef {object} Props
 * @property {string} text
 * @property {string} label
 * @property {number} most code points
 * @property {string} [placeholder]
 * @property {boolean} [autofocus]
 * @property {(text: string) => void} onText
 * @property {() => void} onEnter
 * @property {(event: KeyboardEvent) => void} [onKey] any other key
 */

/** @param {Props} props */
export function TextBox({ text, label, most, placeholder, autofocus, onText, onEnter, onKey }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => grow(area.current), [text]);
  useLayoutEffect(() => {
    if (!autofocus || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(text.length, text.length);
  }, []);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return onKey?.(event);
    event.preventDefault();
    onEnter();
  };
  const left = text.length > most / 2 ? most - lengthOf(text) : most;
  const words = left < 0 ? `${-left} too many: shorten it to send` : `${left} left`;
  return html`
    <textarea ref=${area} rows="1" dir="auto" enterkeyhint="send" aria-label=${label} placeholder=${placeholder} value=${text}
      onInput=${typed(onText)} onKeyDown=${pressed} />
    ${left < NEAR && html`<output class=${left < 0 ? "left over" : "left"}>${words}</output>`}
  `;
}

/** @param {HTMLTextAreaElement | null} area */
function grow(area) {
  if (!area || CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
