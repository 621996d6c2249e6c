// @ts-check
// Emoji for a message: chosen from the picker, put in the place of their names. What knows emoji is loaded when it is
// first wanted.

/**
 * @param {import("../context.js").Digi} digi
 * @param {Element} anchor
 * @param {(emoji: string) => void} take
 */
export async function pickEmoji(digi, anchor, take) {
  const brought = await digi.screen.bring(() => import("../emoji/open.js"));
  await brought?.open(digi, anchor, take);
}

/** From the picker to where the caret is. @param {import("../context.js").Digi} digi @param {Element} anchor @param {HTMLTextAreaElement} area */
export function typeEmoji(digi, anchor, area) {
  return pickEmoji(digi, anchor, async (emoji) => (await import("./edits.js")).insert(area, emoji));
}

/** `text` with emoji for `:names:`; as it is where they cannot be loaded. @param {string} text @returns {Promise<string>} */
export async function withEmoji(text) {
  const brought = await import("../emoji/data.js").catch(() => null);
  return brought ? brought.replaced(text).catch(() => text) : text;
}
