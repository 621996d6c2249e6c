// @ts-check
// All that calls somebody who looks elsewhere. Loaded once the conversation stands.
import { keepBadges } from "./badges.js";
import { keepNotices } from "./notices.js";

/** @param {import("../context.js").Digi} digi */
export function attend(digi) {
  keepBadges(digi);
  keepNotices(digi);
}
