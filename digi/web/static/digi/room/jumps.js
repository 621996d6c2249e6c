// @ts-check
// Ways through a long conversation: to the newest, up to what is new, to a day.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { n, t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { dayName, timeOf } from "../times.js";

const DAY = 86_400_000; // ms

/** @typedef {{pos?: number, id?: string, moment?: Date}} Target */

/** @param {{count: number, go: () => void}} props */
export function Newest({ count, go }) {
  const words = count ? n(count, "{count} new message", "{count} new messages") : t("To the newest");
  return html`<button type="button" class="jump newest" onClick=${go}>${words}<${Icon} name="down" /></button>`;
}

/** @param {{count: number, since: string | undefined, go: () => void, drop: () => void}} props */
export function Unread({ count, since, go, drop }) {
  const words = since
    ? n(count, "{count} new message since {time}", "{count} new messages since {time}", { time: timeOf(since) })
    : n(count, "{count} new message", "{count} new messages");
  return html`
    <div class="jump unread">
      <button type="button" onClick=${go}>${words}<${Icon} name="up" /></button>
      <${IconButton} label=${t("Do not show what is new")} icon="close" onClick=${drop} />
    </div>
  `;
}

/** A day's separator; its date leads to other days. @param {{moment: string, now: number, show: (target: Target) => void}} props */
export function Day({ moment, now, show }) {
  return html`<div class="day" role="separator"><${DayButton} moment=${moment} now=${now} show=${show} /></div>`;
}

/** The day of the line at the top, while one scrolls. @param {{moment: string, now: number, show: (target: Target) => void, isScrolling: boolean}} props */
export function Passing({ moment, now, show, isScrolling }) {
  return html`<div class=${`passing ${isScrolling ? "shown" : ""}`}><${DayButton} moment=${moment} now=${now} show=${show} /></div>`;
}

/** @param {{moment: string, now: number, show: (target: Target) => void}} props */
function DayButton({ moment, now, show }) {
  const { screen } = useDigi();
  const name = dayName(moment, now);
  const open = here((button) => screen.openMenu(button, waysFrom(moment, show, screen), t("Jump to a day")));
  return html`<button type="button" aria-haspopup="menu" title=${t("Jump to a day")} onClick=${open}>${name}</button>`;
}

/**
 * @param {string} moment
 * @param {(target: Target) => void} show
 * @param {import("../context.js").Screen} screen
 * @returns {import("../context.js").Action[]}
 */
function waysFrom(moment, show, screen) {
  const pick = async () => {
    const { PickDay } = await import("../dialogs/day.js");
    screen.open(PickDay, { day: new Date(moment), take: (/** @type {Date} */ day) => show({ moment: day }) });
  };
  return [
    { label: t("Yesterday"), icon: "up", run: () => show({ moment: midnight(1) }) },
    { label: t("Last week"), icon: "up", run: () => show({ moment: midnight(7) }) },
    { label: t("Beginning"), icon: "up", run: () => show({ pos: 1 }) },
    { label: t("Pick a day…"), icon: "calendar", run: () => void pick() },
  ];
}

/** When the day began that was so many days ago. @param {number} days */
function midnight(days) {
  return new Date(new Date(Date.now() - days * DAY).setHours(0, 0, 0, 0));
}
