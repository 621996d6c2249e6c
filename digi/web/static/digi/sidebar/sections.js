// @ts-check
// One's rooms in the order and under the headings of the list. Pure; `sections` in paint.py does the same.
import { holds } from "../folding.js";
import { inbox, isMuted, mentions, partner, title, unread } from "../selectors.js";

/**
 * @typedef {"starred" | "unread" | "rooms" | "people"} Heading
 * @typedef {{heading: Heading, rooms: RoomState[]}} Section
 * @typedef {{id: string | null, isUnread: boolean}} Held the open room, and whether it was unread when it was opened
 */

const ORDER = /** @type {const} */ (["starred", "unread", "rooms", "people"]);

/**
 * What has something in it; the open room stays where it was when it was opened, so that it does not run away by being
 * read.
 * @param {State} state
 * @param {Held} held
 * @param {string} [filter]
 * @param {number} [now]
 * @returns {Section[]}
 */
export function sections(state, held, filter = "", now = Date.now()) {
  /** @type {Record<Heading, RoomState[]>} */
  const found = { starred: [], unread: [], rooms: [], people: [] };
  for (const room of inbox(state)) if (!filter.trim() || isMeant(state, room, filter)) found[headingOf(state, room, held, now)].push(room);
  for (const heading of ORDER) found[heading].sort((a, b) => Number(a.about.archived) - Number(b.about.archived));
  return ORDER.flatMap((heading) => (found[heading].length ? [{ heading, rooms: found[heading] }] : []));
}

/** @param {State} state @param {RoomState} room @param {Held} held @param {number} now @returns {Heading} */
function headingOf(state, room, held, now) {
  if (room.entry.starred) return "starred";
  const isUnread = room.about.id === held.id ? held.isUnread : callsFor(state, room, now);
  if (isUnread) return "unread";
  return room.about.kind === "direct" ? "people" : "rooms";
}

/** Whether something unread wants to be seen: in a muted room only what addresses one. @param {State} state @param {RoomState} room @param {number} [now] */
export function callsFor(state, room, now) {
  return isMuted(room, now) ? mentions(state, room) > 0 : unread(room) > 0;
}

/** @param {State} state @param {RoomState} room @param {string} filter */
function isMeant(state, room, filter) {
  return holds(filter, [title(state, room), partner(state, room)?.username ?? ""]);
}
