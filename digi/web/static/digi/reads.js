// @ts-check
// Tells the server how far one has read: only forward, at most once a second, and again after a lost connection.
import { readPos } from "./selectors.js";

const PACE = 1000; // ms

/**
 * @typedef {object} Options
 * @property {(command: Command) => Promise<unknown>} ask
 * @property {(facts: Fact[]) => void} learn
 * @property {(id: string) => RoomState | undefined} room
 * @property {Timers} timers
 */

export class Reads {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {Map<string, number>} */ this.unsaid = new Map();
    /** @type {Set<string>} */ this.paused = new Set();
    /** @type {unknown} */ this.timer = null;
    this.saidAt = -Infinity;
  }

  /** The room was before one's eyes, as far down as this. @param {string} id @param {number} pos */
  saw(id, pos) {
    const room = this.options.room(id);
    if (!room || this.paused.has(id) || pos <= readPos(room)) return;
    this.options.learn([{ seen: pos, of: id }]);
    this.unsaid.set(id, pos);
    this.flush();
  }

  /** What was marked unread by hand stays so until one comes back. @param {string} id */
  pause(id) {
    this.paused.add(id);
    this.unsaid.delete(id);
  }

  /** @param {string} id */
  resume(id) {
    this.paused.delete(id);
  }

  /** Marks that an earlier page of this tab set, and may not have been able to tell. @param {Record<string, number>} marks */
  takeUp(marks) {
    for (const [id, pos] of Object.entries(marks)) {
      const room = this.options.room(id);
      if (!room || pos <= readPos(room)) continue;
      this.options.learn([{ seen: pos, of: id }]);
      this.unsaid.set(id, pos);
    }
  }

  flush() {
    if (!this.unsaid.size || this.timer) return;
    const wait = this.saidAt + PACE - this.options.timers.now();
    if (wait <= 0) return this.sayOne();
    this.timer = this.options.timers.set(() => {
      this.timer = null;
      this.sayOne();
    }, wait);
  }

  sayOne() {
    const [next] = this.unsaid;
    if (!next) return;
    const [room, pos] = next;
    this.unsaid.delete(room);
    this.saidAt = this.options.timers.now();
    this.options.ask({ type: "room.read", room, pos }).catch((error) => {
      if (!error.problem) this.unsaid.set(room, Math.max(pos, this.unsaid.get(room) ?? 0)); // nobody answered: flushed on return
    });
    this.flush();
  }
}
