// @ts-check
// The tree of a message's text, line by line: paragraphs, code, quotes, lists, tables. `digi/chat/text/` makes the same
// tree, and documents it. Knows no page.
import { inlines } from "./inlines.js";

/**
 * @typedef {import("./inlines.js").Inline} Inline
 * @typedef {{type: "paragraph", inside: Inline[]} | {type: "fence", language: string, text: string}
 *   | {type: "quote", inside: Block[]} | {type: "list", items: Item[]}
 *   | {type: "table", align: string[], head: Inline[][], rows: Inline[][][]}} Block
 * @typedef {{inside: Block[], number?: number}} Item
 * @typedef {[Block, number]} Found a block, and the line after it
 */

const DEEPEST = 8;

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([A-Za-z0-9+#._-]{0,30})[ \t]*$/;
const QUOTED = /^ {0,3}>(?: |$|(?=>[> ]*(?: |$)))/;
const ITEM = /^([-*+]|[0-9]{1,9}[.)])( +)(?=[^\n]*[^-*+\s])/;
const ESCAPED = /^( *)\\(?=[-+] |>)|^( *[0-9]{1,9})\\(?=[.)] )/;
const ALIGNED = /^(:?)-+(:?)$/;
const ALIGNS = /** @type {Record<string, string>} */ ({ "-": "", ":-": "left", ":-:": "center", "-:": "right" });

/** The blocks of `body`. @param {string} body @returns {Block[]} */
export function tree(body) {
  return blocks(body.replaceAll("\r\n", "\n").split("\n"), 0);
}

/** What would lie deeper than `DEEPEST` is a paragraph as it was typed. @param {string[]} lines @param {number} depth @returns {Block[]} */
function blocks(lines, depth) {
  /** @type {Block[]} */
  const found = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length) found.push({ type: "paragraph", inside: inlines(plain.map((line) => line.replace(ESCAPED, "$1$2")).join("\n")) });
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const block = blockAt(lines, at, depth);
    if (block || isBlank(lines[at])) flush();
    else plain.push(lines[at]);
    if (block) found.push(block[0]);
    at = block ? block[1] : at + 1;
  }
  flush();
  return found;
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Found | null} */
function blockAt(lines, at, depth) {
  if (depth >= DEEPEST) return fence(lines, at);
  return fence(lines, at) ?? quote(lines, at, depth) ?? list(lines, at, depth) ?? table(lines, at);
}

/** @param {string} line */
function isBlank(line) {
  return !line.trim();
}

// ── code ──

/** @param {string[]} lines @param {number} at @returns {Found | null} */
function fence(lines, at) {
  const opened = FENCE.exec(lines[at]);
  if (!opened) return null;
  const language = opened[2].toLowerCase();
  /** @type {string[]} */
  const inside = [];
  for (let index = at + 1; index < lines.length; index++) {
    const last = beforeFence(lines[index], opened[1]);
    if (last === null) inside.push(lines[index]);
    else return [{ type: "fence", language, text: (last ? [...inside, last] : inside).join("\n") }, index + 1];
  }
  return inside.every(isBlank) ? null : [{ type: "fence", language, text: inside.join("\n") }, lines.length];
}

/** What stands on a line before the fence that closes the code; backticks may end the last line of it. @param {string} line @param {string} mark */
function beforeFence(line, mark) {
  line = line.trimEnd();
  let end = line.length;
  while (end && line[end - 1] === mark[0]) end--;
  const before = line.slice(0, end);
  if (line.length - end < mark.length) return null;
  if (isBlank(before)) return "";
  return mark[0] === "`" ? before : null;
}

// ── quotes ──

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Found | null} */
function quote(lines, at, depth) {
  if (!QUOTED.test(lines[at]) || !/[^\s>]/.test(lines[at])) return null;
  /** @type {string[]} */
  const inside = [];
  for (; at < lines.length && QUOTED.test(lines[at]); at++) inside.push(lines[at].replace(QUOTED, ""));
  return [{ type: "quote", inside: blocks(inside, depth + 1) }, at];
}

// ── lists ──

/** The beginning of an item: where its mark and its words stand, and what kind of list it belongs to. @param {string} line */
function beginning(line) {
  const [indent, rest] = indented(line);
  const mark = ITEM.exec(rest);
  const length = mark ? mark[0].length : 0;
  const number = mark && mark[1].length > 1 ? parseInt(mark[1], 10) : undefined;
  return { indent, number, kind: mark ? mark[1].slice(-1) : "", offset: indent + length, words: rest.slice(length) };
}

/** By how many columns, and what follows; a tab counts four. @param {string} line @returns {[number, string]} */
function indented(line) {
  const rest = line.replace(/^[ \t]+/, "");
  const blank = line.slice(0, line.length - rest.length);
  return [blank.replaceAll("\t", "    ").length, rest];
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Found | null} */
function list(lines, at, depth) {
  let item = beginning(lines[at]);
  const { kind } = item;
  /** @type {Item[]} */
  const items = [];
  while (kind && item.kind === kind) {
    const [inside, next] = itemLines(lines, at, item);
    /** @type {Item} */
    const made = { inside: blocks(inside, depth + 1) };
    if (item.number !== undefined) made.number = Math.max(item.number, (items.at(-1)?.number ?? -1) + 1);
    items.push(made);
    const after = skipBlank(lines, next);
    item = beginning(lines[after] ?? "");
    at = item.kind === kind ? after : next;
  }
  return items.length ? [{ type: "list", items }, at] : null;
}

/** The lines of an item, without their indentation, and the line after them. @param {string[]} lines @param {number} at @param {ReturnType<typeof beginning>} item @returns {[string[], number]} */
function itemLines(lines, at, item) {
  const inside = [item.words];
  at++;
  for (let after; (after = skipBlank(lines, at)) < lines.length; at = after + 1) {
    const [width, rest] = indented(lines[after]);
    if (width < item.indent + 2) break;
    for (; at < after; at++) inside.push("");
    inside.push(" ".repeat(Math.max(0, width - item.offset)) + rest);
  }
  return [inside, at];
}

/** @param {string[]} lines @param {number} at */
function skipBlank(lines, at) {
  while (at < lines.length && isBlank(lines[at])) at++;
  return at;
}

// ── tables ──

/** @param {string[]} lines @param {number} at @returns {Found | null} */
function table(lines, at) {
  const align = lines[at].includes("|") && at + 1 < lines.length ? alignments(lines[at + 1]) : null;
  const head = align ? cells(lines[at]) : [];
  if (!align || head.length !== align.length) return null;
  /** @type {string[][]} */
  const rows = [];
  for (at += 2; at < lines.length && lines[at].includes("|"); at++) {
    const row = cells(lines[at]);
    while (row.length < head.length) row.push("");
    rows.push(row);
  }
  return [{ type: "table", align, head: head.map(inlines), rows: rows.map((row) => row.map(inlines)) }, at];
}

/** @param {string} line */
function alignments(line) {
  if (!line.includes("|") || !line.includes("-")) return null;
  const found = cells(line).map((cell) => ALIGNED.exec(cell));
  return found.includes(null) ? null : found.map((match) => ALIGNS[`${match?.[1]}-${match?.[2]}`]);
}

/** What stands between the bars; an escaped one is no bar. @param {string} line */
function cells(line) {
  const found = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const first = found.length > 1 && !found[0] ? 1 : 0;
  const last = found.length > first + 1 && !found[found.length - 1] ? found.length - 1 : found.length;
  return found.slice(first, last).map((cell) => cell.replaceAll("\\|", "|"));
}
