// @ts-check
// Ways through a long conversation: to the newest, up to what is new, to a day.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { n, t } from "../language.js";
import { Icon } from "../pieces.js";
import { byId, placeOf } from "../places.js";
import { unread } from "../selectors.js";
import { dayName, timeOf } from "../times.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { clamped } from "./window.js";

const UPPER = 140; // px: room for the mark of what is new, and a little of what was before
const DAY = 86_400_000; // ms

/** `offset`: px from the top; else it stands in the middle, and out. @typedef {{pos?: number, offset?: number, id?: string, moment?: Date}} Target */

/**
 * How to bring a message into sight: `go` by its pos, id or a moment, `show` by its id.
 * @param {string} id of the room
 * @param {import("./view.js").View} view
 */
export function useJumps(id, view) {
  const { client, router } = useDigi();
  const latest = useRef(view);
  latest.current = view;
  const jumps = useMemo(() => {
    const toEnd = () => (router.leavePos(), latest.current.go("newest"));
    /** @param {Target} target */
    const go = async (target) => {
      const pos = await posOf(client, id, target);
      if (pos) latest.current.go({ pos, offset: target.offset });
    };
    return { go, toEnd, show: (/** @type {string} */ message) => go({ id: message }) };
  }, []);
  const asked = router.at.value;
  useEffect(() => {
    if (asked) jumps.go({ pos: asked });
  }, [asked]);
  return jumps;
}

/** @param {import("../client.js").Client} client @param {string} id @param {Target} target @returns {Promise<number | undefined>} */
async function posOf(client, id, { pos, id: message, moment }) {
  const room = client.room(id);
  if (pos) return room && clamped(room, pos);
  if (moment) return (await client.history.at(id, moment))?.pos;
  return (byId(room?.messages ?? [], message ?? "") ?? (await client.history.find(id, message ?? "")))?.pos;
}

/**
 * What floats over the lines.
 * @param {object} props
 * @param {RoomState} props.room
 * @param {import("../vendor/signals.js").Signal<import("./sight.js").Seen>} props.seen
 * @param {number | null} props.newFrom
 * @param {boolean} props.isAtEnd
 * @param {(target: Target) => void} props.go
 * @param {() => void} props.toEnd
 */
export function Ways({ room, seen, newFrom, isAtEnd, go, toEnd }) {
  const { screen } = useDigi();
  const [dropped, drop] = useState(/** @type {number | null} */ (null));
  const { first, reached, moment, isScrolling } = seen.value;
  const isAbove = newFrom && first > newFrom && reached !== newFrom && dropped !== newFrom;
  return html`
    ${isAbove && html`<${Unread} room=${room} from=${newFrom} go=${() => go({ pos: newFrom, offset: UPPER })} drop=${() => drop(newFrom)} />`}
    ${moment && html`<${Passing} moment=${moment} now=${screen.now.value} go=${go} isScrolling=${isScrolling} />`}
    ${!isAtEnd && html`<${Newest} count=${unread(room)} go=${toEnd} />`}
  `;
}

/** @param {{count: number, go: () => void}} props */
function Newest({ count, go }) {
  const words = count ? n(count, "{count} new message", "{count} new messages") : t("To the newest");
  return html`<button type="button" class="jump newest" onClick=${go}>${words}<${Icon} name="down" /></button>`;
}

/** @param {{room: RoomState, from: number, go: () => void, drop: () => void}} props */
function Unread({ room, from, go, drop }) {
  const count = room.top - from + 1;
  const first = room.messages[placeOf(room.messages, from)];
  const words = first?.pos === from
    ? n(count, "{count} new message since {time}", "{count} new messages since {time}", { time: timeOf(first.sent_at) })
    : n(count, "{count} new message", "{count} new messages");
  return html`
    <div class="jump news">
      <button type="button" onClick=${go}>${words}<${Icon} name="up" /></button>
      <button type="button" class="drop" aria-label=${t("Stay here")} title=${t("Stay here")} onClick=${drop}><${Icon} name="close" /></button>
    </div>
  `;
}

/** A day's separator; its date leads to other days. @param {{moment: string, now: number, go: (target: Target) => void}} props */
export function Day({ moment, now, go }) {
  return html`<div class="day"><${DayButton} moment=${moment} now=${now} go=${go} /></div>`;
}

/** The day of the line at the top, while one scrolls. @param {{moment: string, now: number, go: (target: Target) => void, isScrolling: boolean}} props */
function Passing({ moment, now, go, isScrolling }) {
  return html`<div class=${`passing ${isScrolling ? "shown" : ""}`}><${DayButton} moment=${moment} now=${now} go=${go} /></div>`;
}

/** @param {{moment: string, now: number, go: (target: Target) => void}} props */
function DayButton({ moment, now, go }) {
  const { screen } = useDigi();
  const open = here((button) => screen.openMenu(button, waysFrom(moment, go, screen), t("Jump to a day")));
  return html`<button type="button" aria-haspopup="menu" title=${t("Jump to a day")} onClick=${open}>${dayName(moment, now)}</button>`;
}

/**
 * @param {string} moment
 * @param {(target: Target) => void} go
 * @param {import("../context.js").Screen} screen
 * @returns {import("../context.js").Action[]}
 */
function waysFrom(moment, go, screen) {
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
