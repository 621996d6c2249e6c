// @ts-check
// Style sheets that the first paint does without: brought when what they dress is first wanted. Knows none by name.

/** @type {Map<string, Promise<void>>} */
const brought = new Map();

/** Resolves once the sheet holds; rejects where it cannot be had, and may then be asked for again. @param {string} url */
export function sheet(url) {
  const known = brought.get(url);
  if (known) return known;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
  /** @type {Promise<void>} */
  const coming = new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      brought.delete(url);
      link.remove();
      reject(new Error(`no ${url}`));
    };
  });
  brought.set(url, coming);
  document.head.append(link);
  return coming;
}
