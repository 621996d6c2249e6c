// @ts-check
// The conversation, drawn: the lines of the window, what stands at its edges, and the ways to elsewhere.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { byId, placeOf } from "../places.js";
import { person, unread } from "../selectors.js";
import { dayKey, timeOf } from "../times.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { happened } from "../words.js";
import { Announcer } from "./announcer.js";
import { Above, Below } from "./edges.js";
import { Hidden, useHiding } from "./hidden.js";
import { Day, Newest, Passing, Unread } from "./jumps.js";
import { linesOf } from "./lines.js";
import { Line } from "./message.js";
import { useQuotes } from "./quotes.js";
import { isWatched, useNews, useReturning } from "./reading.js";
import { useRoving } from "./roving.js";
import { useView } from "./view.js";
import { clamped, edges } from "./window.js";

/** @typedef {import("./jumps.js").Target} Target */

/** @param {{room: RoomState, toNewest: {current: () => void}}} props */
export function Timeline({ room, toNewest }) {
  const { client } = useDigi();
  const { id } = room.about;
  const newFrom = useNews(room);
  const [seen, look] = useSeen(id);
  const view = useView(room, look);
  const { log, isAtEnd } = view;
  const hiding = useHiding(room);
  const lines = useLines(room, view, newFrom, hiding.isHidden);
  const show = useShow(room, view);
  const toEnd = () => view.go("newest");
  const roving = useRoving(log, toEnd);
  useAuthors(view.messages, room);
  useQuotes(room, view.messages);
  useReturning(view.scroll);
  toNewest.current = toEnd;
  const ways = client.history.status.value.get(id) ?? {};
  const run = edges(room.messages, view.messages[0]?.pos ?? 0);
  const stop = lines.some(({ key }) => key === roving.stop) ? roving.stop : lines.at(-1)?.key;
  const isBusy = Object.values(ways).includes("loading");
  return html`
    <div class="around">
      <div class="log" role="log" aria-label=${t("Messages")} aria-live="off" aria-busy=${isBusy} tabindex="-1" ref=${log} ...${roving.handlers}><div class="lines">
        <${Above} key="above" room=${room} first=${run?.first} standing=${run ? ways.older : ways.there} />
        ${lines.map((line) => html`<${Drawn} key=${line.key} line=${line} room=${room} show=${show} isStop=${line.key === stop} hiding=${hiding} />`)}
        <${Below} key="below" room=${room} last=${run?.last} standing=${ways.newer} />
      </div></div>
      <${Ways} room=${room} seen=${seen} newFrom=${newFrom} isAtEnd=${isAtEnd} show=${show} toEnd=${toEnd} />
      <${Announcer} key=${id} room=${room} isHidden=${hiding.isHidden} />
    </div>
  `;
}

/** What floats over the lines. @param {{room: RoomState, seen: Seen, newFrom: number | null, isAtEnd: boolean, show: (target: Target) => void, toEnd: () => void}} props */
function Ways({ room, seen, newFrom, isAtEnd, show, toEnd }) {
  const { screen } = useDigi();
  const [dropped, drop] = useState(/** @type {number | null} */ (null));
  const first = newFrom && room.messages[placeOf(room.messages, newFrom)];
  const isAbove = newFrom && seen.pos > newFrom && seen.reached !== newFrom && dropped !== newFrom;
  const since = first && first.pos === newFrom ? first.sent_at : undefined;
  return html`
    ${seen.moment && html`<${Passing} moment=${seen.moment} now=${screen.now.value} show=${show} isScrolling=${seen.isScrolling} />`}
    ${isAbove && html`<${Unread} count=${room.top - newFrom + 1} since=${since} go=${() => show({ pos: newFrom })} drop=${() => drop(newFrom)} />`}
    ${!isAtEnd && html`<${Newest} count=${unread(room)} go=${toEnd} />`}
  `;
}

/**
 * What the line at the top tells: its pos (as far as it matters), its day, and whether the mark of what is new was seen.
 * @typedef {{pos: number, reached: number | null, moment: string, isScrolling: boolean}} Seen
 */

/** @param {string} id @returns {[Seen, (scroll: import("./scroll.js").Scroll, isAtEnd: boolean) => void]} */
function useSeen(id) {
  const { client } = useDigi();
  const [seen, setSeen] = useState(/** @type {Seen} */ ({ pos: 0, reached: null, moment: "", isScrolling: false }));
  const held = useRef(seen);
  const rest = useRef(0);
  useEffect(() => () => clearTimeout(rest.current), []);
  /** @param {Partial<Seen>} news */
  const change = (news) => {
    const next = { ...held.current, ...news };
    const isSame = Object.entries(next).every(([name, value]) => held.current[/** @type {keyof Seen} */ (name)] === value);
    if (!isSame) setSeen((held.current = next));
  };
  /** @param {import("./scroll.js").Scroll} scroll @param {boolean} isAtEnd */
  const look = (scroll, isAtEnd) => {
    const room = client.room(id);
    if (!room) return;
    if (isWatched()) client.reads.saw(id, isAtEnd ? room.top : scroll.seen);
    change(sightOf(room, scroll, held.current));
    clearTimeout(rest.current);
    rest.current = setTimeout(() => change({ isScrolling: false }), 1200);
  };
  return [seen, look];
}

/** @param {RoomState} room @param {import("./scroll.js").Scroll} scroll @param {Seen} before @returns {Partial<Seen>} */
function sightOf(room, scroll, before) {
  const top = scroll.firstPos ?? before.pos;
  const message = room.messages[placeOf(room.messages, top)];
  const day = message && dayKey(message.sent_at);
  const moment = !message || (before.moment && dayKey(before.moment) === day) ? before.moment : message.sent_at;
  const mark = scroll.mark;
  return { pos: top, moment, reached: mark ?? before.reached, isScrolling: scroll.wasScrolled };
}
