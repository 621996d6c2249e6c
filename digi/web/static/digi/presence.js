// @ts-check
// Who of the people on the screen is here, and whether one is here oneself. Knows no page but the signs of life on it.
import { signal } from "./vendor/signals.js";

const MOST = 200; // people in one frame
const PAUSE = 300; // ms
const AWAY = 300_000; // ms without a sign of life
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "focus"];

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

/** Tells whether one sits before the screen. */
export class Here {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {"online" | "away"} */ this.state = "online";
    this.actedAt = options.timers.now();
    /** @type {unknown} */ this.timer = null;
  }

  start() {
    for (const sign of SIGNS) addEventListener(sign, () => this.acted(), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.acted());
    this.acted();
  }

  acted() {
    this.actedAt = this.options.timers.now();
    if (this.state === "away") this.is("online");
    this.timer ??= this.options.timers.set(() => this.look(), AWAY);
  }

  look() {
    const left = this.actedAt + AWAY - this.options.timers.now();
    this.timer = left > 0 ? this.options.timers.set(() => this.look(), left) : null;
    if (!this.timer) this.is("away");
  }

  /** @param {"online" | "away"} state */
  is(state) {
    this.state = state;
    if (this.options.isOpen()) this.options.send({ type: "here", state });
  }

  /** A connection begins as `online`. */
  welcomed() {
    if (this.state === "away") this.is("away");
  }
}
