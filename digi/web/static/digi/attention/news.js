// @ts-check
// Which of what has come is worth telling somebody who does not look. Pure: knows no browser.
import { addresses, isMuted, readPos } from "../selectors.js";
import { isQuiet } from "./quiet.js";

/** @typedef {{room: RoomState, messages: Message[]}} News what has come to one room, in order */

/**
 * What came between two states: above what was known to exist, so that older pages are no news.
 * @param {State} before
 * @param {State} after
 * @returns {News[]}
 */
export function news(before, after) {
  if (before.rooms === after.rooms || before.epoch !== after.epoch) return [];
  const found = [];
  for (const [id, room] of after.rooms) {
    const known = before.rooms.get(id);
    if (known === room || (known && known.top >= room.top)) continue;
    const from = known ? known.top : room.entry.read_pos;
    found.push({ room, messages: room.messages.filter(({ pos }) => pos > from) });
  }
  return found;
}

/**
 * The newest message of these that one wants to be told of, by one's settings.
 * @param {State} state
 * @param {Required<Settings>} settings
 * @param {News} news
 * @param {number} now ms
 * @returns {Message | undefined}
 */
export function worthTelling(state, settings, { room, messages }, now) {
  if (settings.notify === "none" || isMuted(room, now) || isQuiet(settings, new Date(now))) return undefined;
  const isAll = settings.notify === "all" || room.about.kind === "direct";
  const read = readPos(room);
  return messages.findLast((message) => {
    return message.pos > read && isOfOthers(state, message) && (isAll || addresses(message, state.me.username));
  });
}

/** Said by somebody else, whom one wants to hear. @param {State} state @param {Message} message */
function isOfOthers({ me, blocks }, { author, kind, deleted }) {
  return kind === "text" && !deleted && author !== me.username && !blocks.get(author)?.active;
}
