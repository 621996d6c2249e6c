// @ts-check
// Where an address ends in running text, and which may be followed. `addresses.py` says the same on the server.

// White space, controls, quotes, angle brackets, and what is invisible or turns the direction end an address.
const END = "\\x00-\\x20\"<>\\x7f-\\xa0\\xad\\u061c\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff";
const ADDRESS = new RegExp(`[hH][tT][tT][pP][sS]?://[^${END}/?#.\\]](?:[^${END}\\]]|\\](?!\\())*`, "y");
// In parentheses, with at most one pair of them inside: more would have to be counted, again and again.
const TARGET = new RegExp(`\\(([a-zA-Z]+:[^${END}()]+(?:\\([^${END}()]*\\)[^${END}()]*)*)\\)`, "y");
const WEB = /^[hH][tT][tT][pP][sS]?:\/\/([^/?#]+)/;
const MAIL = /^[mM][aA][iI][lL][tT][oO]:[^@?]+@[^@?]+(?:\?|$)/;
const TAIL = ".,:;!?'*_~|";
const PAIRS = /** @type {Record<string, string>} */ ({ ")": "(", "]": "[", "}": "{" });

/** @param {RegExp} pattern sticky @param {string} text @param {number} at */
export function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The http(s) address that begins there, without the punctuation of the sentence around it; or nothing. @param {string} text @param {number} at */
export function addressAt(text, at) {
  const found = /[A-Za-z0-9_]/.test(text[at - 1] ?? "") ? null : matchAt(ADDRESS, text, at);
  return found ? trimmed(found[0]) : "";
}

/** What a `(target)` that begins there names, and where it ends; nothing if it may not be followed. @param {string} text @param {number} at @returns {[string, number]} */
export function targetAt(text, at) {
  const found = matchAt(TARGET, text, at);
  return found && mayFollow(found[1]) ? [found[1], at + found[0].length] : ["", at];
}

/** Web or mail, with a host and nobody's name before it: `https://your.bank@elsewhere` is not made easy to click. @param {string} address */
export function mayFollow(address) {
  const web = WEB.exec(address);
  return web ? !web[1].includes("@") : MAIL.test(address);
}

/** A bracket stays if it was opened inside. @param {string} address */
function trimmed(address) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const char of address) counts[char] = (counts[char] ?? 0) + 1;
  let end = address.length;
  for (; end; end--) {
    const last = address[end - 1];
    const opening = PAIRS[last];
    if (opening && (counts[opening] ?? 0) < counts[last]) counts[last]--;
    else if (!TAIL.includes(last)) break;
  }
  return address.slice(0, end);
}
