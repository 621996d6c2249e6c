// @ts-check
// What was typed and not sent, by room; it outlives the page.
import { kept } from "./storage.js";

/** @param {string} me */
export function draftsOf(me) {
  /** @param {string} room */
  const name = (room) => `draft.${me}.${room}`;
  return {
    /** @param {string} room @returns {Unsent} */
    get: (room) => kept.get(name(room)) ?? { text: "" },
    /** @param {string} room @param {Unsent} draft */
    set: (room, draft) => kept.set(name(room), draft.text || draft.reply_to ? draft : null),
  };
}
