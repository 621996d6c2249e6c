// @ts-check
// What one has said and the server has not yet answered: kept until it is, in order, one at a time in each room.
// Knows no socket and no page; `deliver` asks the server, with the same key however often.
import { backOff } from "./backoff.js";
import { Lost, Refusal } from "./errors.js";
import { newKey } from "./keys.js";

/**
 * @typedef {object} Options
 * @property {(command: Command) => Promise<Result>} deliver rejects with Refusal or Lost
 * @property {(result: Result) => void} onResult
 * @property {(items: Pending[]) => void} onItems is told the whole list after every change
 * @property {import("./storage.js").Shelf} shelf
 * @property {Timers} timers
 * @property {() => number} [random]
 */

export class Outbox {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.random = options.random ?? Math.random;
    /** @type {Pending[]} */ this.items = [];
    /** @type {Set<string>} */ this.busy = new Set();
    /** @type {Map<string, unknown>} */ this.pauses = new Map();
  }

  /** Take up what an earlier page left. */
  async restore() {
    const left = await this.options.shelf.load().catch(() => []);
    const known = new Set(this.items.map(({ key }) => key));
    const older = left.filter(({ key }) => !known.has(key)).sort((a, b) => a.order - b.order);
    const first = Math.min(0, ...this.items.map(({ order }) => order - older.length - 1));
    this.items = [...older.map((item, at) => settled(item, first + at)), ...this.items];
    this.tell();
    this.pump();
  }

  /**
   * Queue a command of a room. Resolves once it would outlive the page.
   * @param {string} room
   * @param {Command} command
   */
  async add(room, command) {
    const key = newKey();
    const order = Math.max(0, ...this.items.map((item) => item.order)) + 1;
    const at = new Date(this.options.timers.now()).toISOString();
    const keyed = command.type === "message.add" ? { ...command, key } : command;
    /** @type {Pending} */
    const item = { key, room, order, at, command: keyed, state: "waiting", tries: 0 };
    this.items = [...this.items, item];
    this.tell();
    const kept = this.options.shelf.put(item).catch(() => {});
    this.pumpRoom(room);
    await kept;
  }

  /** Something may go better now: the connection is back, or somebody asked. */
  pump() {
    for (const timer of this.pauses.values()) this.options.timers.clear(timer);
    this.pauses.clear();
    for (const room of new Set(this.items.map((item) => item.room))) this.pumpRoom(room);
  }

  /** @param {string} room */
  async pumpRoom(room) {
    if (this.busy.has(room) || this.pauses.has(room)) return;
    const item = this.items.find((item) => item.room === room && item.state !== "refused");
    if (!item) return;
    this.busy.add(room);
    this.change(item.key, { state: "sending", tries: item.tries + 1 });
    try {
      const result = await this.options.deliver(item.command);
      this.remove(item.key);
      this.options.onResult(result);
    } catch (error) {
      this.failed(item, error);
    } finally {
      this.busy.delete(room);
    }
    this.pumpRoom(room);
  }

  /** @param {Pending} item @param {unknown} error */
  failed({ key, room, tries }, error) {
    if (error instanceof Refusal && !error.canRetry && error.problem.code !== "unauthenticated") {
      this.change(key, { state: "refused", problem: error.problem });
      this.keep(key);
      return;
    }
    if (!(error instanceof Refusal || error instanceof Lost)) console.error(error);
    this.change(key, { state: "waiting" });
    const asked = error instanceof Refusal ? (error.problem.retry_after ?? 0) * 1000 : 0;
    const ms = Math.max(asked, 250, backOff(tries, this.random()));
    this.pauses.set(room, this.options.timers.set(() => this.resume(room), ms));
  }

  /** @param {string} room */
  resume(room) {
    this.pauses.delete(room);
    this.pumpRoom(room);
  }

  /** Send a refused command again. After a conflict it is a new one: the old key belongs to something else. @param {string} key */
  retry(key) {
    const item = this.items.find((item) => item.key === key);
    if (!item) return;
    if (item.problem?.code === "conflict" && item.command.key) {
      this.remove(key);
      const { key: _, ...command } = item.command;
      this.add(item.room, /** @type {Command} */ (command));
      return;
    }
    this.change(key, { state: "waiting", problem: undefined });
    this.keep(key);
    this.pumpRoom(item.room);
  }

  /** Forget a command that was refused, or never sent. @param {string} key */
  remove(key) {
    const before = this.items.length;
    this.items = this.items.filter((item) => item.key !== key);
    if (this.items.length === before) return;
    this.tell();
    this.options.shelf.remove(key).catch(() => {});
  }

  /** These messages are there: nothing to send any more. @param {Message[]} messages of oneself */
  arrived(messages) {
    for (const { key } of messages) if (key) this.remove(key);
  }

  /** @param {string} key @param {Partial<Pending>} to */
  change(key, to) {
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...to } : item));
    this.tell();
  }

  /** @param {string} key */
  keep(key) {
    const item = this.items.find((item) => item.key === key);
    if (item) this.options.shelf.put(item).catch(() => {});
  }

  tell() {
    this.options.onItems(this.items);
  }
}

/** As it is after a reload: nobody is sending it. @param {Pending} item @param {number} order @returns {Pending} */
function settled(item, order) {
  return { ...item, order, state: item.state === "refused" ? "refused" : "waiting" };
}
