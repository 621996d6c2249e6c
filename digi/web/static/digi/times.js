// @ts-check
// Moments in the reader's own language and time zone. Pure but for the clock it is handed.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const numeric = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric", year: "2-digit" });
const DAY = 86_400_000; // ms

/** @param {string} moment */
export function timeOf(moment) {
  return clock.format(new Date(moment));
}

/** Without "AM" and "PM", for a narrow place. @param {string} moment */
export function bareTimeOf(moment) {
  const parts = clock.formatToParts(new Date(moment)).filter(({ type }) => type !== "dayPeriod");
  return parts.map(({ value }) => value).join("").trim();
}

/** @param {string} moment */
export function exactly(moment) {
  return full.format(new Date(moment));
}

/** The same for all moments of one local day. @param {string} moment */
export function dayKey(moment) {
  return new Date(moment).toDateString();
}

/** @param {string} moment @param {number} now */
export function dayName(moment, now) {
  const date = new Date(moment);
  const ago = daysAgo(date, now);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return (date.getFullYear() === new Date(now).getFullYear() ? day : dayOfYear).format(date);
}

/** As short as a list wants it: a time today, a weekday this week, a date before. @param {string} moment @param {number} now */
export function brief(moment, now) {
  const date = new Date(moment);
  const ago = daysAgo(date, now);
  if (ago <= 0) return clock.format(date);
  if (ago < 7) return weekday.format(date);
  return (ago < 300 ? short : numeric).format(date);
}

/** @param {Date} date @param {number} now */
function daysAgo(date, now) {
  const today = new Date(now).setHours(0, 0, 0, 0);
  return Math.round((today - new Date(date).setHours(0, 0, 0, 0)) / DAY);
}
