// @ts-check
// Texts as one types them in a hurry: without case and accents. Pure.

const ALONE = /** @type {Record<string, string>} */ ({ ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" }); // Unicode takes nothing off these

/** @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßøłđæœıþð]/g, (letter) => ALONE[letter]);
}

/** Whether all words of `query` occur in one of the texts, or spread over them. @param {string} query @param {string[]} texts */
export function holds(query, texts) {
  const all = folded(texts.join("\n"));
  return folded(query).split(/\s+/).every((word) => all.includes(word));
}
