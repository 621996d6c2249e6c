// @ts-check
// Whether a text is nothing but a few emoji, which are then shown larger. `emoji.py` decides alike, and explains.
const TONE = "[\\u{1f3fb}-\\u{1f3ff}]";
const LETTER = "[\\u{1f1e6}-\\u{1f1ff}]";
const PICTURE = `(?:(?!${LETTER})[\\u{1f000}-\\u{1faff}\\p{Emoji_Presentation}]\\ufe0f?${TONE}?|[\\u00a9\\u00ae\\u203c-\\u3299](?:\\ufe0f${TONE}?|${TONE}))[\\u{e0020}-\\u{e007f}]*`;
const EMOJI = `(?:${LETTER}{2}|[0-9#*]\\ufe0f?\\u20e3|${PICTURE}(?:\\u200d(?:${PICTURE}|[\\u203c-\\u3299]))*)`;
const FEW = new RegExp(`^${EMOJI}(?:\\s*${EMOJI}){0,2}$`, "u");

/** @param {string} text */
export function isFew(text) {
  return FEW.test(text.trim());
}
