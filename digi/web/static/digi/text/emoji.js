// @ts-check
// Whether a text is nothing but a few emoji, which are then shown larger. `emoji.py` decides alike, and explains.
const BY_ITSELF = "\\u231a\\u231b\\u23e9-\\u23ec\\u23f0\\u23f3\\u25fd\\u25fe\\u2614\\u2615\\u2648-\\u2653\\u267f\\u2693\\u26a1\\u26aa\\u26ab\\u26bd\\u26be\\u26c4\\u26c5\\u26ce\\u26d4\\u26ea\\u26f2\\u26f3\\u26f5\\u26fa\\u26fd\\u2705\\u270a\\u270b\\u2728\\u274c\\u274e\\u2753-\\u2755\\u2757\\u2795-\\u2797\\u27b0\\u27bf\\u2b1b\\u2b1c\\u2b50\\u2b55";
const TONE = "[\\u{1f3fb}-\\u{1f3ff}]";
const LETTER = "[\\u{1f1e6}-\\u{1f1ff}]";
const PICTURE = `(?:[\\u{1f000}-\\u{1f1e5}\\u{1f200}-\\u{1faff}${BY_ITSELF}]\\ufe0f?${TONE}?|[\\u00a9\\u00ae\\u203c-\\u3299](?:\\ufe0f${TONE}?|${TONE}))[\\u{e0020}-\\u{e007f}]*`;
const EMOJI = `(?:${LETTER}{2}|[0-9#*]\\ufe0f?\\u20e3|${PICTURE}(?:\\u200d(?:${PICTURE}|[\\u203c-\\u3299]))*)`;
const FEW = new RegExp(`^${EMOJI}(?:\\s*${EMOJI}){0,2}$`, "u");

/** @param {string} text */
export function isFew(text) {
  return FEW.test(text.trim());
}
