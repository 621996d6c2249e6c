// @ts-check
// The words of the page in the reader's language. Knows words alone: English is the key and the fallback.

/** @typedef {Record<string, string | Record<string, string>>} Catalog */

/** @type {Catalog} */
let catalog = {};
let plurals = new Intl.PluralRules("en");

/** The language that is spoken from now on. @param {string} language @param {Catalog} [words] */
export function speak(language, words = {}) {
  catalog = words;
  plurals = new Intl.PluralRules(language);
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
  return values ? words.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole)) : words;
}
