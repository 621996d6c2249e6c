// @ts-check
// All emoji: their short names, what they are called in the reader's language, and finding them. Touches no page.
import { folded } from "../folding.js";
import { kept } from "../storage.js";

/**
 * @typedef {object} Emoji
 * @property {string} emoji
 * @property {string[]} codes short names, the usual one first
 * @property {number} group
 * @property {boolean} hasTones
 * @property {string} name in the reader's language
 * @property {string[]} words folded: of the name first, then what else one may look for
 * @typedef {{groups: string[], tones: string[], all: Emoji[]}} Book
 */

const TONES = ["", "\u{1f3fb}", "\u{1f3fc}", "\u{1f3fd}", "\u{1f3fe}", "\u{1f3ff}"];
const MOST_RECENT = 27;
const SHORT = /(?<![\p{L}\p{N}]):([a-z0-9_+-]{1,40}):(?![\p{L}\p{N}])/gu;
const FENCE = /^ {0,3}~~~/m;
const TICKS = /(\x60+)/;

/** What emoji are called in a language. */
const WORDS = /** @type {Record<string, () => Promise<{default: {groups: string[], tones: string[], list: string}}>>} */ ({
  en: () => import("../vendor/emoji/en.js"),
  de: () => import("../vendor/emoji/de.js"),
  es: () => import("../vendor/emoji/es.js"),
  fr: () => import("../vendor/emoji/fr.js"),
  ar: () => Promise.all([import("../vendor/emoji/en.js"), import("./arabic.js")]).then(([all, names]) => ({ default: { ...all.default, ...names.default } })),
});

/** @type {Map<string, Promise<Book>>} */
const books = new Map();

/** All emoji, in a language; made once. @param {string} [language] */
export function load(language = document.documentElement.lang.slice(0, 2)) {
  const known = Object.hasOwn(WORDS, language) ? language : "en";
  const book = books.get(known) ?? made(known);
  books.set(known, book);
  book.catch(() => books.delete(known)); // and may be asked for again
  return book;
}

/** @param {string} language @returns {Promise<Book>} */
async function made(language) {
  const [{ default: base }, { default: words }] = await Promise.all([import("../vendor/emoji/base.js"), WORDS[language]()]);
  const called = words.list.split("\n");
  /** @type {Emoji[]} */
  const all = [];
  let group = -1;
  for (const line of base.list.split("\n")) {
    if (line === "~") group++;
    else all.push(entry(line, group, called[all.length].split("|")));
  }
  return { groups: words.groups, tones: words.tones, all };
}

/** @param {string} line @param {number} group @param {string[]} called @returns {Emoji} */
function entry(line, group, called) {
  const [drawn, ...codes] = line.split(" ");
  const hasTones = drawn.endsWith("+");
  const emoji = drawn.replace(/\+$/, "").replace(/(\p{Emoji_Presentation})\ufe0f/gu, "$1"); // as keyboards write it
  return { emoji, codes, group, hasTones, name: called[0], words: called.map(folded) };
}

/** What fits best comes first. @param {Book} book @param {string} text @param {number} most */
export function search({ all }, text, most) {
  const query = folded(text.trim().replace(/^:|:$/g, ""));
  if (!query) return [];
  const rated = all.map((one) => /** @type {const} */ ([rank(one, query), one])).filter(([rank]) => rank < FAR);
  return rated.sort(([a], [b]) => a - b).slice(0, most).map(([, one]) => one);
}

const FAR = 9;

/** How far a text is from an emoji: its short name, a beginning, a word of its name, anything. @param {Emoji} one @param {string} query */
function rank({ codes, words }, query) {
  const spaced = query.replaceAll("_", " ");
  if (codes[0] === query || words[0] === spaced) return 0;
  if (codes.includes(query)) return 1;
  if (codes[0]?.startsWith(query)) return 2;
  if (codes.some((code) => code.startsWith(query))) return 3;
  if (words.some((word) => word === spaced)) return 4;
  if (words.some((word) => begins(word, spaced))) return 5;
  const text = `${words.join(" ")} ${codes.join(" ")}`;
  return spaced.split(/\s+/).every((part) => text.includes(part)) ? 6 : FAR;
}

/** Whether a word of `words` begins so. @param {string} words @param {string} beginning */
function begins(words, beginning) {
  return words.startsWith(beginning) || words.includes(` ${beginning}`);
}

/** For a name that is begun: what it may become. @param {string} query @param {number} most @param {string} [language] */
export async function find(query, most, language) {
  const found = search(await load(language), query, most);
  const wanted = folded(query);
  return found.map((one) => {
    const code = one.codes.find((code) => code.startsWith(wanted));
    return { emoji: inTone(one, tone()), name: code ? `:${code}:` : one.name };
  });
}

/** `text` with emoji for their short names, but in code. @param {string} text */
export async function replaced(text) {
  if (text.search(SHORT) < 0 || FENCE.test(text)) return text;
  const { all } = await load("en");
  /** @type {Map<string, Emoji>} */
  const byCode = new Map();
  for (const one of [...all].reverse()) for (const code of one.codes) byCode.set(code, one);
  for (const one of all) byCode.set(one.codes[0], one); // the usual name before another's second
  return outsideCode(text, (words) => words.replace(SHORT, (whole, code) => {
    const one = byCode.get(code);
    return one ? inTone(one, tone()) : whole;
  }));
}

/** Backticks are code up to as many of them; three of them that begin a line, without an end as well. @param {string} text @param {(words: string) => string} change */
function outsideCode(text, change) {
  const parts = text.split(TICKS); // words and backticks by turns
  let made = change(parts[0]);
  for (let at = 1; at < parts.length; ) {
    const isFence = parts[at].length >= 3 && /(^|\n) {0,3}$/.test(parts[at - 1].slice(-4));
    const found = parts.indexOf(parts[at], at + 1);
    const end = found < 0 && isFence ? parts.length - 1 : found;
    made += end < 0 ? parts[at] : parts.slice(at, end + 1).join("");
    at = Math.max(at, end) + 2;
    made += change(parts[at - 1] ?? "");
  }
  return made;
}

// ── what one prefers ──

/** The tone of skin one has chosen: 0 for none, to 5. @returns {number} */
export function tone() {
  const chosen = kept.get("emoji.tone");
  return TONES[chosen] ? chosen : 0;
}

/** @param {number} chosen */
export function setTone(chosen) {
  kept.set("emoji.tone", chosen || null);
}

/** @param {Emoji} one @param {number} tone */
export function inTone({ emoji, hasTones }, tone) {
  if (!hasTones || !tone) return emoji;
  return emoji.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/gu, `$1${TONES[tone]}`);
}

/** What one used last, the newest first. @returns {string[]} */
export function recent() {
  const held = kept.get("emoji.recent");
  return Array.isArray(held) ? held.filter((one) => typeof one === "string") : [];
}

/** @param {string} emoji */
export function use(emoji) {
  kept.set("emoji.recent", [emoji, ...recent().filter((one) => one !== emoji)].slice(0, MOST_RECENT));
}
