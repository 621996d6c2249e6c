// @ts-check
// The words of the page in the reader's language. Knows words alone: English is the key and the fallback.

/** @typedef {Record<string, string | Record<string, string>>} Catalog */

const RIGHT_TO_LEFT = ["ar"];
const OTHER_WAY = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/; // letters that run from right to left

/** @type {string | undefined} */
let language;
/** @type {Catalog} */
let catalog = {};
let plurals = new Intl.PluralRules("en");

/** The language that is spoken from now on. @param {string} next @param {Catalog} [words] */
export function speak(next, words = {}) {
  language = next;
  catalog = words;
  plurals = new Intl.PluralRules(next);
}

/** What is spoken; before `speak`, what the browser speaks. */
export function spokenLanguage() {
  return language;
}

/** @param {string | undefined} [of] */
export function isRightToLeft(of = language) {
  return RIGHT_TO_LEFT.includes(of ?? "");
}

/**
 * `words` in the reader's language, `{name}` in it replaced by `values.name`.
 * @param {string} words
 * @param {Record<string, unknown>} [values]
 */
export function t(words, values) {
  const found = catalog[words];
  return filled(found && typeof found === "string" ? found : words, values);
}

/**
 * The same for a number of things; `{count}` is the number.
 * @param {number} count
 * @param {string} one English for one
 * @param {string} other English for any other number; the key in the catalogs
 * @param {Record<string, unknown>} [values]
 */
export function n(count, one, other, values) {
  const found = catalog[other];
  const forms = typeof found === "object" ? found : { one, other };
  return filled(forms[plurals.select(count)] || forms.other || other, { count, ...values });
}

/** @param {string} words @param {Record<string, unknown>} [values] */
function filled(words, values) {
  return values ? words.replace(/\{(\w+)\}/g, (hole, name) => isolated(values[name] ?? hole)) : words;
}

/** A value that may run the other way than the sentence says nothing about what stands around it (UAX #9). @param {unknown} value */
function isolated(value) {
  const isMixed = typeof value === "string" && value !== "" && value[0] !== "\u2068" && (isRightToLeft() || OTHER_WAY.test(value));
  return isMixed ? `\u2068${value}\u2069` : String(value);
}
