// @ts-check
// Where one was reading in each room, for this person at this browser. Knows no page.
import { kept } from "./storage.js";

const MOST = 100; // rooms
const PAUSE = 500; // ms

/** @typedef {{pos: number, offset: number}} Place `offset`: px of the line's top below the window's */

export class Positions {
  /** @param {string} me @param {Timers} timers */
  constructor(me, timers) {
    this.name = `places.${me}`;
    this.timers = timers;
    /** @type {Map<string, Place | null>} null: at the newest */ this.unsaid = new Map();
    /** @type {unknown} */ this.timer = null;
  }

  /** @param {string} room @returns {Place | undefined} nothing where one was at the newest */
  get(room) {
    if (this.unsaid.has(room)) return this.unsaid.get(room) ?? undefined;
    const [pos, offset] = this.read()[room] ?? [];
    return Number.isInteger(pos) ? { pos, offset: Number(offset) || 0 } : undefined;
  }

  /** @param {string} room @param {Place | null} place null: at the newest */
  set(room, place) {
    this.unsaid.set(room, place);
    this.timer ??= this.timers.set(() => this.flush(), PAUSE);
  }

  /** Keep what was noted; other tabs keep theirs. */
  flush() {
    this.timers.clear(this.timer);
    this.timer = null;
    if (!this.unsaid.size) return;
    const places = this.read();
    for (const [room, place] of this.unsaid) {
      delete places[room]; // the newest stand last
      if (place) places[room] = [place.pos, place.offset];
    }
    this.unsaid.clear();
    kept.set(this.name, Object.fromEntries(Object.entries(places).slice(-MOST)));
  }

  /** @returns {Record<string, [number, number]>} */
  read() {
    return kept.get(this.name) ?? {};
  }
}
