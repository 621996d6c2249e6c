// @ts-check
// Where in a text somebody begins a name that can be completed. Pure.

/** @typedef {{sign: "@" | "#" | ":" | "/", query: string, from: number, to: number}} Trigger the sign stands at `from`, the caret at `to` */

const NAME = /(^|[^\p{L}\p{N}_@#/&:.-])([@#])([\p{L}\p{M}\p{N}_.-]{0,40})$/u;
const EMOJI = /(^|[\s(])(:)([\p{L}\p{N}_+-]{2,30})$/u;
const COMMAND = /^(\/)([a-z]{0,20})$/;

/**
 * @param {string} text
 * @param {number} caret
 * @param {{hasCommands?: boolean}} [where]
 * @returns {Trigger | undefined}
 */
export function triggerAt(text, caret, { hasCommands = false } = {}) {
  const before = text.slice(0, caret);
  const command = hasCommands && COMMAND.exec(before);
  if (command) return { sign: "/", query: command[2], from: 0, to: caret };
  const found = NAME.exec(before.slice(-60)) ?? EMOJI.exec(before.slice(-60));
  if (!found || isCode(before)) return undefined;
  const [, , sign, query] = found;
  return { sign: /** @type {Trigger["sign"]} */ (sign), query, from: caret - query.length - 1, to: caret };
}

/** Whether the end stands inside code, as far as can be told before it ends. @param {string} before */
function isCode(before) {
  const lines = before.split("\n");
  if (lines.filter((line) => /^ {0,3}(```|~~~)/.test(line)).length % 2) return true;
  return ((lines.at(-1) ?? "").match(/`/g)?.length ?? 0) % 2 === 1;
}
