// @ts-check
// Who writes just now, as others tell and as one tells others: both pass by themselves. Knows no page.
import { signal } from "./vendor/signals.js";

const PACE = 3000; // ms between two words of one's own
const LASTS = 6000; // ms without another word

/**
 * @typedef {object} Options
 * @property {(frame: object) => void} send is not called while there is no connection
 * @property {() => boolean} isOpen
 * @property {Timers} timers
 */

export class Typing {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** Usernames by room, whoever began first in front. */
    this.people = signal(/** @type {ReadonlyMap<string, ReadonlySet<string>>} */ (new Map()));
    /** @type {Map<string, unknown>} */ this.ends = new Map();
    /** @type {Map<string, number>} */ this.saidAt = new Map();
  }

  /** One writes in this room. @param {string} room */
  write(room) {
    const now = this.options.timers.now();
    if (!this.options.isOpen() || now - (this.saidAt.get(room) ?? -PACE) < PACE) return;
    this.saidAt.set(room, now);
    this.options.send({ type: "typing", room });
  }

  /** What one wrote is sent: the next letter is told at once. @param {string} room */
  sent(room) {
    this.saidAt.delete(room);
  }

  /** @param {string} room @param {string} username */
  heard(room, username) {
    const { timers } = this.options;
    const end = `${room} ${username}`;
    timers.clear(this.ends.get(end));
    this.ends.set(end, timers.set(() => this.stopped(room, username), LASTS));
    const writing = this.people.peek().get(room);
    if (!writing?.has(username)) this.tell(room, new Set(writing).add(username));
  }

  /** @param {string} room @param {string} username */
  stopped(room, username) {
    const end = `${room} ${username}`;
    if (!this.ends.has(end)) return;
    this.options.timers.clear(this.ends.get(end));
    this.ends.delete(end);
    const others = new Set(this.people.peek().get(room));
    others.delete(username);
    this.tell(room, others);
  }

  /** Whose message came writes no more. @param {Fact[]} facts */
  learnt(facts) {
    if (!this.ends.size) return;
    for (const fact of facts) if ("message" in fact && !fact.message.edited_at) this.stopped(fact.message.room, fact.message.author);
  }

  /** @param {string} room @param {ReadonlySet<string>} usernames */
  tell(room, usernames) {
    const next = new Map(this.people.peek());
    if (usernames.size) next.set(room, usernames);
    else next.delete(room);
    this.people.value = next;
  }
}
