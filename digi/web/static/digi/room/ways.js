// @ts-check
// What floats over a long conversation: up to what is new, down to the newest, and the day one has before one.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { n, t } from "../language.js";
import { Icon } from "../pieces.js";
import { placeOf } from "../places.js";
import { unread } from "../selectors.js";
import { timeOf } from "../times.js";
import { useState } from "../vendor/hooks.js";
import { DayButton } from "./jumps.js";

/** @typedef {import("./jumps.js").Target} Target */

const UPPER = 140; // px: room for the mark of what is new, and a little of what was before

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

/** The day of the line at the top, while one scrolls. @param {{moment: string, now: number, go: (target: Target) => void, isScrolling: boolean}} props */
function Passing({ moment, now, go, isScrolling }) {
  return html`<div class=${`passing ${isScrolling ? "shown" : ""}`}><${DayButton} moment=${moment} now=${now} go=${go} /></div>`;
}
