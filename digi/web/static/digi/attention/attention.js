// @ts-check
// All that calls somebody who looks elsewhere. Loaded once the conversation stands.
import { keepBadges } from "./badges.js";
import { keepNotices } from "./notices.js";

/** @param {import("../context.js").Digi} digi @param {State} began what was there when the page came */
export function attend(digi, began) {
  keepBadges(digi);
  keepNotices(digi, began);
}
