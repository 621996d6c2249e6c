// @ts-check
// The days that a date in the conversation leads to.
import { t } from "../language.js";

/** @typedef {import("./jumps.js").Target} Target */

const DAY = 86_400_000; // ms

/**
 * @param {string} moment
 * @param {(target: Target) => void} go
 * @param {import("../context.js").Screen} screen
 * @returns {import("../context.js").Action[]}
 */
export function waysFrom(moment, go, screen) {
  const pick = async () => {
    const { PickDay } = await import("../dialogs/day.js");
    screen.open(PickDay, { day: new Date(moment), take: (/** @type {Date} */ day) => go({ moment: day }) });
  };
  return [
    { label: t("Yesterday"), icon: "up", run: () => go({ moment: midnight(1) }) },
    { label: t("Last week"), icon: "up", run: () => go({ moment: midnight(7) }) },
    { label: t("Beginning"), icon: "up", run: () => go({ pos: 1 }) },
    { label: t("Pick a day…"), icon: "calendar", run: () => void pick() },
  ];
}

/** When the day began that was so many days ago. @param {number} days */
function midnight(days) {
  return new Date(new Date(Date.now() - days * DAY).setHours(0, 0, 0, 0));
}
