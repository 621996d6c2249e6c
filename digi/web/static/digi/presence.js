// @ts-check
// Who of the people on the screen is here. Knows no page.
import { signal } from "./vendor/signals.js";

const MOST = 200; // people in one frame
const PAUSE = 300; // ms

/**
 * @typedef {object} Options
 * @property {(frame: object) => void} send is not called while there is no connection
 * @property {() => boolean} isOpen
 * @property {Timers} timers
 */

export class Watcher {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.people = signal(/** @type {ReadonlyMap<string, Presence>} */ (new Map()));
    /** Who is on the screen, by the part of the screen. @type {Map<string, readonly string[]>} */ this.wanted = new Map();
    /** @type {string} */ this.said = "";
    /** @type {unknown} */ this.timer = null;
  }

  /** `people` are on this part of the screen now, in place of those before. @param {string} part @param {readonly string[]} people */
  watch(part, people) {
    if (people.length) this.wanted.set(part, people);
    else if (!this.wanted.delete(part)) return;
    this.options.timers.clear(this.timer);
    this.timer = this.options.timers.set(() => this.say(), PAUSE);
  }

  say() {
    const people = [...new Set([...this.wanted.values()].flat())].slice(0, MOST).sort();
    const said = people.join(" ");
    if (said === this.said || !this.options.isOpen()) return;
    this.said = said;
    this.options.send({ type: "watch", people });
    const [named, known] = [new Set(people), this.people.peek()];
    if ([...known.keys()].some((name) => !named.has(name))) this.people.value = new Map([...known].filter(([name]) => named.has(name)));
  }

  /** A new connection has heard nothing yet. */
  welcomed() {
    this.said = "";
    this.say();
  }

  /** Without a connection nobody knows. */
  lost() {
    if (this.people.peek().size) this.people.value = new Map();
  }

  /** @param {Record<string, Presence>} presence */
  heard(presence) {
    this.people.value = new Map([...this.people.peek(), ...Object.entries(presence)]);
  }
}
