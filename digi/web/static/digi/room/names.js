// @ts-check
// Names in a row, as the reader's language puts them. Pure.
import { spokenLanguage } from "../language.js";

/** "Bob, Mira and 2 others". @param {string[]} names */
export function listed(names) {
  return new Intl.ListFormat(spokenLanguage(), { type: "conjunction" }).format(names);
}
