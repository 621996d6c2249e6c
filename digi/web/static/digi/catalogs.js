// @ts-check
// Where the words of each language are, each loaded when it is spoken. English needs none: it is in the code.
import { speak } from "./language.js";

/** @type {Record<string, () => Promise<{default: import("./language.js").Catalog}>>} */
const CATALOGS = {
  de: () => import("./languages/de.js"),
  es: () => import("./languages/es.js"),
  fr: () => import("./languages/fr.js"),
  ar: () => import("./languages/ar.js"),
};

/** Begin to speak a language; where its words cannot be had, English. @param {string} language */
export async function learnToSpeak(language) {
  const catalog = await CATALOGS[language]?.().catch(() => undefined);
  speak(catalog ? language : "en", catalog?.default);
}
