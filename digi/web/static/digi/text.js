// @ts-check
// A message's text as pieces to show: plain runs and links. The server's pages cut the same way (`tests/text/links.json`).

// White space, controls, quotes, angle brackets, and what is invisible or turns the direction end an address.
const END = "\\x00-\\x20\"<>\\x7f-\\xa0\\xad\\u061c\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff";
const ADDRESS = new RegExp(`(?<![A-Za-z0-9_])(?:http|https)://[^${END}/?#.][^${END}]*`, "gi");
const TAIL = ".,:;!?'*_~";
const PAIRS = /** @type {Record<string, string>} */ ({ ")": "(", "]": "[", "}": "{" });

/** @typedef {{text: string, is_link: boolean}} Piece */

/** `body` cut into plain text and http(s) addresses; joined again they are `body`. @param {string} body @returns {Piece[]} */
export function pieces(body) {
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const match of body.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    if (!isPlain(address)) continue;
    found.push({ text: body.slice(at, match.index), is_link: false }, { text: address, is_link: true });
    at = match.index + address.length;
  }
  found.push({ text: body.slice(at), is_link: false });
  return found.filter(({ text }) => text);
}

/** Without the punctuation of the sentence around it; a bracket stays if it was opened inside. @param {string} address */
function trimmed(address) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const char of address) counts[char] = (counts[char] ?? 0) + 1;
  let end = address.length;
  for (; end; end--) {
    const last = address[end - 1];
    const opening = PAIRS[last];
    if (!TAIL.includes(last) && (!opening || (counts[opening] ?? 0) >= counts[last])) break;
    counts[last]--;
  }
  return address.slice(0, end);
}

/** With a host, and nobody's name before it: `https://your.bank@elsewhere` is not made easy to click. @param {string} address */
function isPlain(address) {
  const authority = /\/\/([^/?#]*)/.exec(address)?.[1];
  return !!authority && !authority.includes("@");
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

/** The first line's beginning, for quotes and lists. @param {string} text @param {number} [most] */
export function snippet(text, most = 140) {
  const line = text.trim().replace(/\s+/g, " ");
  const chars = [...line.slice(0, 2 * most + 2)];
  return chars.length > most ? `${chars.slice(0, most).join("")}…` : line;
}
