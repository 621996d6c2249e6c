// @ts-check
// Moments in the reader's own language and time zone. Pure but for the clock it is handed.
import { spokenLanguage, t } from "./language.js";

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const FORMATS = {
  clock: { hour: "2-digit", minute: "2-digit" },
  full: { dateStyle: "full", timeStyle: "short" },
  day: { weekday: "long", day: "numeric", month: "long" },
  dayOfYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  weekday: { weekday: "short" },
  short: { day: "numeric", month: "short" },
  numeric: { day: "numeric", month: "numeric", year: "2-digit" },
};
const DAY = 86_400_000; // ms

/** @type {Map<string, Intl.DateTimeFormat>} */
const made = new Map(); // making one is slow

/** @param {keyof typeof FORMATS} name */
function format(name) {
  const locale = localeFor(spokenLanguage(), globalThis.navigator?.language);
  const key = `${name} ${locale}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, FORMATS[name]);
  made.set(key, known);
  return known;
}

/**
 * How the reader writes dates: as their browser does if it speaks the page's language; digits and calendar are those of
 * the rest of the page. `Reader` in moments.py has the same.
 * @param {string | undefined} language that of the page
 * @param {string | undefined} own the browser's
 */
export function localeFor(language, own) {
  if (!language) return own;
  if (language === own?.split("-")[0]) return `${own}-u-ca-gregory-nu-latn`;
  return language === "en" ? "en-GB" : language;
}

/** @param {string} moment */
export function timeOf(moment) {
  return format("clock").format(new Date(moment));
}

/** Without "AM" and "PM", for a narrow place. @param {string} moment */
export function bareTimeOf(moment) {
  const parts = format("clock").formatToParts(new Date(moment)).filter(({ type }) => type !== "dayPeriod");
  return parts.map(({ value }) => value).join("").trim();
}

/** @param {string} moment */
export function exactly(moment) {
  return format("full").format(new Date(moment));
}

/** The same for all moments of one local day. @param {string} moment */
export function dayKey(moment) {
  return new Date(moment).toDateString();
}

/** @param {string} moment @param {number} now */
export function dayName(moment, now) {
  const date = new Date(moment);
  const ago = daysAgo(date, now);
  if (ago === 0) return t("Today");
  if (ago === 1) return t("Yesterday");
  return format(date.getFullYear() === new Date(now).getFullYear() ? "day" : "dayOfYear").format(date);
}

/** As short as a list wants it: a time today, a weekday this week, a date before. @param {string} moment @param {number} now */
export function brief(moment, now) {
  const date = new Date(moment);
  const ago = daysAgo(date, now);
  if (ago <= 0) return timeOf(moment);
  if (ago < 7) return format("weekday").format(date);
  return format(ago < 300 ? "short" : "numeric").format(date);
}

/** @param {Date} date @param {number} now */
function daysAgo(date, now) {
  const today = new Date(now).setHours(0, 0, 0, 0);
  return Math.round((today - new Date(date).setHours(0, 0, 0, 0)) / DAY);
}
