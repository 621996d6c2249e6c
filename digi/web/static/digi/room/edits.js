// @ts-check
// Changing the text of a field as if it were typed, so that the field's own undo takes it back; and what to change it to.

/**
 * @typedef {{from: number, to: number, text: string, select: [number, number]}} Change put `text` between, then select
 */

/** @param {HTMLTextAreaElement} area @param {Change} change */
export function apply(area, { from, to, text, select }) {
  area.focus();
  area.setSelectionRange(from, to);
  const isDone = from === to && !text ? true : document.execCommand(text ? "insertText" : "delete", false, text);
  if (!isDone) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(...select);
}

/** Put `text` where the caret is. @param {HTMLTextAreaElement} area @param {string} text */
export function insert(area, text) {
  const { selectionStart: from, selectionEnd: to } = area;
  const end = from + text.length;
  apply(area, { from, to, text, select: [end, end] });
}

/**
 * What is selected between two marks; or, if it is already, without them. Pure.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} mark
 * @returns {Change}
 */
export function wrapped(text, start, end, mark) {
  const size = mark.length;
  const [before, inside, after] = [text.slice(start - size, start), text.slice(start, end), text.slice(end, end + size)];
  const isWrapped = before === mark && after === mark && !isLonger(text, start - size - 1, end + size, mark);
  if (isWrapped) return { from: start - size, to: end + size, text: inside, select: [start - size, end - size] };
  const [lead, trail] = [inside.length - inside.trimStart().length, inside.length - inside.trimEnd().length];
  const core = inside.trim() ? inside.slice(lead, inside.length - trail) : "";
  const from = core ? start + lead : start;
  const to = core ? end - trail : end;
  return { from, to, text: mark + core + mark, select: [from + size, from + size + core.length] };
}

/** Whether what looks like the mark is part of a longer one: the `*` of `**`. @param {string} text @param {number} before @param {number} after @param {string} mark */
function isLonger(text, before, after, mark) {
  return mark === "*" && text[before] === "*" && text[after] === "*" && !(text[before - 1] === "*" && text[after + 1] === "*");
}

/**
 * The lines that are touched by the selection, each with `mark` before it; or, if all have it, without. Pure.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} mark
 * @returns {Change}
 */
export function lined(text, start, end, mark) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  const made = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
  return { from, to, text: made, select: from === to || start === end ? [from + made.length, from + made.length] : [from, from + made.length] };
}

/** As a quote. Pure. @param {string} text */
export function quoted(text) {
  return text.replace(/\n+$/, "").split("\n").map((line) => `> ${line}`).join("\n");
}

/** As code, whatever it holds. Pure. @param {string} text */
export function fenced(text) {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text.replace(/\n+$/, "")}\n${fence}`;
}
