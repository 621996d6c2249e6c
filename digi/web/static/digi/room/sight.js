// @ts-check
// What one sees of a conversation just now, for what floats over it, and what is thereby read.
import { useDigi } from "../context.js";
import { placeOf } from "../places.js";
import { dayKey } from "../times.js";
import { useEffect, useMemo, useRef } from "../vendor/hooks.js";
import { signal } from "../vendor/signals.js";
import { isWatched } from "./reading.js";

const REST = 2000; // ms after which one no longer scrolls

/**
 * `first`: the pos at the top, and `moment` of its day; `reached`: the first new pos whose mark was seen.
 * @typedef {{first: number, reached: number | null, moment: string, isScrolling: boolean}} Seen
 */

/**
 * @param {string} id of the room
 * @param {number | null} newFrom
 * @returns {[import("../vendor/signals.js").Signal<Seen>, (scroll: import("./scroll.js").Scroll, isAtEnd: boolean) => void]}
 */
export function useSight(id, newFrom) {
  const { client } = useDigi();
  const seen = useMemo(() => signal(/** @type {Seen} */ ({ first: 0, reached: null, moment: "", isScrolling: false })), []);
  const rest = useRef(0);
  useEffect(() => () => clearTimeout(rest.current), []);
  /** @param {Partial<Seen>} news */
  const change = (news) => {
    const next = { ...seen.peek(), ...news };
    if (Object.entries(next).some(([name, value]) => seen.peek()[/** @type {keyof Seen} */ (name)] !== value)) seen.value = next;
  };
  /** @param {import("./scroll.js").Scroll} scroll @param {boolean} isAtEnd */
  const look = (scroll, isAtEnd) => {
    const room = client.room(id);
    if (!room) return;
    if (isWatched()) client.reads.saw(id, isAtEnd ? room.top : scroll.seen);
    change({ ...dayOf(room, scroll.first, seen.peek()), ...(scroll.hasMark && { reached: newFrom }) });
    if (!scroll.isMoving) return;
    change({ isScrolling: true });
    clearTimeout(rest.current);
    rest.current = setTimeout(() => change({ isScrolling: false }), REST);
  };
  return [seen, look];
}

/** @param {RoomState} room @param {number | undefined} first @param {Seen} before @returns {Partial<Seen>} */
function dayOf({ messages }, first, { moment }) {
  const message = first === undefined ? undefined : messages[placeOf(messages, first)];
  if (!message) return {};
  const isSame = moment && dayKey(moment) === dayKey(message.sent_at);
  return { first, moment: isSame ? moment : message.sent_at };
}
