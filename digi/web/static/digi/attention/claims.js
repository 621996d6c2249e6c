// @ts-check
// Of several tabs only one tells: whoever claims a message first. Knows nothing of how it is told.
import { kept } from "../storage.js";

const NAME = "told"; // in this browser's storage: how far each room was told
const SPREAD = 150; // ms in which what one tab has stored is seen by the others, which the lock does not see to

/**
 * Whether this tab is the first to claim the message, which then is claimed.
 * @param {string} epoch positions begin anew with it
 * @param {string} room
 * @param {number} pos
 * @returns {Promise<boolean>}
 */
export async function claim(epoch, room, pos) {
  if (!navigator.locks) return first(epoch, room, pos);
  return navigator.locks.request("digi-told", async () => {
    const isFirst = first(epoch, room, pos);
    if (isFirst) await new Promise((resolve) => setTimeout(resolve, SPREAD));
    return isFirst;
  });
}

/** @param {string} epoch @param {string} room @param {number} pos */
function first(epoch, room, pos) {
  const held = kept.get(NAME);
  const rooms = held?.epoch === epoch ? held.rooms : {};
  if ((rooms[room] ?? 0) >= pos) return false;
  kept.set(NAME, { epoch, rooms: { ...rooms, [room]: pos } });
  return true;
}
