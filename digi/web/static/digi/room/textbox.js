// @ts-check
// A field that grows with its text, completes names, and takes marks by key. What sends is one's own choice; nothing does
// while an input method composes.
import { useDigi } from "../context.js";
import { html, typed } from "../html.js";
import { n, t } from "../language.js";
import { later } from "../later.js";
import { settings } from "../settings.js";
import { lengthOf } from "../text/plain.js";
import { useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { useCompletion } from "./completing.js";

const PasteBar = later(() => import("./pasting.js"), "PasteBar");
const NEAR = 200; // characters before the limit at which it is told

/**
 * @typedef {object} Props
 * @property {string} text
 * @property {string} label
 * @property {number} most code points
 * @property {RoomState} [room] whose people, and from which commands, are offered
 * @property {boolean} [hasCommands]
 * @property {string} [placeholder]
 * @property {boolean} [autofocus]
 * @property {{current: HTMLTextAreaElement | null}} [area]
 * @property {(text: string) => void} onText
 * @property {() => void} onEnter
 * @property {(event: KeyboardEvent) => void} [onKey] any other key
 */

/** @param {Props} props */
export function TextBox({ text, label, most, room, hasCommands = false, placeholder, autofocus, area: given, onText, onEnter, onKey }) {
  const { client } = useDigi();
  const own = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const area = given ?? own;
  const completion = useCompletion(area, room, hasCommands);
  const paste = usePaste(text);
  useLayoutEffect(() => grow(area.current), [text]);
  useLayoutEffect(() => {
    if (!autofocus || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(text.length, text.length);
  }, []);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    paste.pressed(event);
    if (event.defaultPrevented || completion.pressed(event) || formats(event)) return;
    if (!sends(event, settings(client.state.peek()).enter_sends)) return onKey?.(event);
    event.preventDefault();
    onEnter();
  };
  const looks = () => void completion.look();
  /** @param {KeyboardEvent} event */
  const released = ({ key }) => void (/^(Arrow(Left|Right)|Home|End)$/.test(key) && looks());
  return html`
    ${paste.pasted && html`<${PasteBar} pasted=${paste.pasted} area=${() => area.current} onChange=${paste.put} />`}
    <textarea ref=${area} rows="1" dir=${text ? "auto" : undefined} enterkeyhint="send" aria-label=${label} placeholder=${placeholder} value=${text}
      onInput=${typed((next) => (onText(next), looks()))} onKeyDown=${pressed} onKeyUp=${released} onClick=${looks}
      onBlur=${completion.close} onPaste=${paste.happened} ...${completion.attributes} />
    <${Left} text=${text} most=${most} />
    ${completion.view}
  `;
}

/** @param {KeyboardEvent} event @param {boolean} enterSends */
function sends({ key, shiftKey, altKey, ctrlKey, metaKey }, enterSends) {
  return key === "Enter" && !shiftKey && !altKey && (enterSends || ctrlKey || metaKey);
}

/** Whether the key puts a mark around what is selected; then it does. @param {KeyboardEvent} event */
function formats(event) {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  const marks = /** @type {Record<string, string>} */ (shiftKey ? { x: "~~" } : { b: "**", i: "*", e: "`" });
  const mark = (ctrlKey || metaKey) && !altKey && marks[key.toLowerCase()];
  if (!mark) return false;
  const area = /** @type {HTMLTextAreaElement} */ (event.currentTarget);
  event.preventDefault();
  import("./formatting.js").then(({ wrap }) => wrap(area, mark), () => {});
  return true;
}

/** How many characters are left, where that matters. @param {{text: string, most: number}} props */
function Left({ text, most }) {
  const left = text.length > most / 2 ? most - lengthOf(text) : most;
  if (left >= NEAR) return null;
  const words = left < 0 ? n(-left, "{count} too many: shorten it to send", "{count} too many: shorten it to send") : t("{count} left", { count: left });
  return html`<output class=${left < 0 ? "left over" : "left"}>${words}</output>`;
}

/** What was pasted of several lines, until something else is typed. @param {string} text */
function usePaste(text) {
  const [pasted, put] = useState(/** @type {import("./pasting.js").Pasted | null} */ (null));
  const isPlain = useRef(false);
  const isThere = pasted && text.length >= pasted.to && isSame(text, pasted);
  return {
    pasted: isThere ? pasted : null,
    put,
    /** @param {KeyboardEvent} event */
    pressed(event) {
      isPlain.current = event.shiftKey; // Ctrl+Shift+V wants it as it is, and no question
      if (event.key !== "Escape" || !isThere) return;
      event.preventDefault();
      put(null);
    },
    /** @param {ClipboardEvent} event */
    happened(event) {
      const raw = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
      const from = /** @type {HTMLTextAreaElement} */ (event.currentTarget).selectionStart;
      put(!isPlain.current && isMany(raw) ? { raw, from, to: from + raw.length, as: "text" } : null);
    },
  };
}

/** Whether it is worth asking about. @param {string} text */
function isMany(text) {
  return text.replace(/\n+$/, "").includes("\n");
}

/** Whether it still ends the text that was there when it came. @param {string} text @param {import("./pasting.js").Pasted} pasted */
function isSame(text, { raw, from, to, as }) {
  const found = text.slice(from, to);
  return as === "text" ? found === raw : found.includes(raw.split("\n")[0]);
}

/** @param {HTMLTextAreaElement | null} area */
function grow(area) {
  if (!area || CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
