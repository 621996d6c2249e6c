// @ts-check
// Whether a moment lies in one's quiet hours. Pure: knows clocks and zones, and nothing of notices.

/**
 * Quiet hours go by the clock on the wall: from 22:00 to 07:00 is that, also in the night in which the clock is changed.
 * There are none while either end is missing, or both are the same.
 * @param {Pick<Required<Settings>, "quiet_from" | "quiet_to" | "zone">} settings
 * @param {Date} moment
 */
export function isQuiet({ quiet_from, quiet_to, zone }, moment) {
  if (!quiet_from || !quiet_to) return false;
  const clock = clockIn(zone, moment);
  if (quiet_from <= quiet_to) return quiet_from <= clock && clock < quiet_to;
  return quiet_from <= clock || clock < quiet_to;
}

/** `HH:MM` in this zone; in the browser's own where it is not given, or not known here. @param {string} zone @param {Date} moment */
export function clockIn(zone, moment) {
  return clockOf(zone).format(moment);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {string} zone */
function clockOf(zone) {
  const clock = clocks.get(zone) ?? newClock(zone);
  clocks.set(zone, clock);
  return clock;
}

/** @param {string} zone */
function newClock(zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const digits = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...digits, timeZone: zone || undefined });
  } catch {
    return new Intl.DateTimeFormat("en-GB", digits);
  }
}
