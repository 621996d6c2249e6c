// @ts-check
// A message's text as plain words: how long, how it is sent, its beginning on one line, whom it mentions. Knows no page.
import { tree } from "./grammar.js";

/** @typedef {import("./grammar.js").Block} Block @typedef {import("./grammar.js").Inline} Inline */

const MOST_KEPT = 500;
const HIDDEN = "[…]";

/** @type {Map<string, Block[]>} */
const trees = new Map();

/** The tree of `body`, made once. @param {string} body */
export function treeOf(body) {
  const known = trees.get(body);
  if (known) return known;
  const made = tree(body);
  trees.set(body, made);
  if (trees.size > MOST_KEPT) trees.delete(/** @type {string} */ (trees.keys().next().value));
  return made;
}

/** How long a text is in the server's eyes: code points. @param {string} text */
export function lengthOf(text) {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** `text` as it is sent: without half characters, NUL, and the empty lines around it. @param {string} text */
export function cleaned(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\0", "").replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}

/** The words of `body` on one line, without marks; quotes are left out where there is anything else. @param {string} body */
export function plain(body) {
  const blocks = treeOf(body);
  const said = blocks.filter(({ type }) => type !== "quote");
  return (said.length ? said : blocks).map(wordsOf).join(" ").replace(/\s+/g, " ").trim();
}

/** The beginning of `plain`, for quotes and lists. @param {string} body @param {number} [most] */
export function snippet(body, most = 140) {
  const line = plain(body);
  const chars = [...line.slice(0, 2 * most + 2)];
  return chars.length > most ? `${chars.slice(0, most).join("")}…` : line;
}

/** A username as it is compared; the server folds case in one more way. @param {string} name */
export function normal(name) {
  return name.normalize("NFKC").toLowerCase().normalize("NFKC");
}

/** The usernames after an `@` outside of code, as far as a browser can tell. @param {string} body */
export function mentioned(body) {
  const names = body.includes("@") ? treeOf(body).flatMap(runsOf).flatMap(namesIn) : [];
  return [...new Set(names.map(normal))];
}

/** @param {Block} block @returns {Inline[][]} the lists of inlines, of paragraphs and of cells */
function runsOf(block) {
  switch (block.type) {
    case "paragraph": return [block.inside];
    case "quote": return block.inside.flatMap(runsOf);
    case "list": return block.items.flatMap(({ inside }) => inside.flatMap(runsOf));
    case "table": return [block.head, ...block.rows].flat();
    default: return [];
  }
}

/** @param {Inline[]} nodes @returns {string[]} */
function namesIn(nodes) {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return [];
    return node.type === "mention" ? [node.name ?? ""] : namesIn(node.inside ?? []);
  });
}

/** @param {Block} block @returns {string} */
function wordsOf(block) {
  switch (block.type) {
    case "fence": return block.text;
    case "quote": return block.inside.map(wordsOf).join(" ");
    case "list": return block.items.flatMap(({ inside }) => inside.map(wordsOf)).join(" ");
    default: return runsOf(block).map(wordsIn).join(" ");
  }
}

/** @param {Inline[]} nodes @returns {string} */
function wordsIn(nodes) {
  return nodes.map((node) => (typeof node === "string" ? node : word(node))).join("");
}

/** @param {Exclude<Inline, string>} node */
function word({ type, text = "", name = "", inside = [] }) {
  switch (type) {
    case "code": return text;
    case "mention": return `@${name}`;
    case "room": return `#${name}`;
    case "spoiler": return HIDDEN;
    default: return wordsIn(inside);
  }
}
