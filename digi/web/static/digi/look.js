// @ts-check
// The look one chose, on the page's root: the server paints it first, this follows what is chosen since. Rules are in
// tokens.css alone.

// The colours of a browser's own bar; `context.py` has them too.
const LIGHT = "#ffffff";
const DARK = "#111a1a";
const BLACK = "#000000";

/** What a browser paints around the page, for a system that is light and one that is dark. @param {Settings["theme"]} theme */
export function bars(theme) {
  if (theme === "light") return [LIGHT, LIGHT];
  if (theme === "dark") return [DARK, DARK];
  return [LIGHT, theme === "contrast" ? BLACK : DARK];
}

/** The step the sheet has for this size. @param {number} percent */
export function step(percent) {
  return Math.floor((percent + 5) / 10) * 10;
}

/** @param {Required<Settings>} settings */
export function wear({ theme, density, text_size }) {
  const { dataset } = document.documentElement;
  Object.assign(dataset, { theme, density, size: String(step(text_size)) });
  meta("color-scheme").forEach((tag) => (tag.content = theme === "light" || theme === "dark" ? theme : "light dark"));
  meta("theme-color").forEach((tag, at) => (tag.content = bars(theme)[at]));
}

/** @param {string} name @returns {NodeListOf<HTMLMetaElement>} */
function meta(name) {
  return document.querySelectorAll(`meta[name="${name}"]`);
}
