// @ts-check
// Code in pieces with their kinds, for colours. Loaded with the first block that wants it; touches no page.

/** @typedef {[string, string]} Piece what it is, and its kind; "" for what has none */

/** @param {string} text @param {string} language @returns {Promise<Piece[] | null>} nothing in a language that is not known */
export async function coloured(text, language) {
  void language;
  void text;
  return null;
}
