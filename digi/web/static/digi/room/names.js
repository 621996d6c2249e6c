// @ts-check
// Names in a row, as the reader's language puts them. Pure.

/** "Bob, Mira and 2 others". @param {string[]} names */
export function listed(names) {
  const language = globalThis.document?.documentElement.lang || undefined;
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}
