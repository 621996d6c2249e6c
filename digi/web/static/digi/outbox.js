// @ts-check
// What one has said and the server has not yet answered: kept until it is, in order, one at a time in each room. What
// may still be taken back is held for a while first.
// Knows no socket and no page; `deliver` asks the server, with the same key however often.
import { backOff } from "./backoff.js";
import { Lost, Refusal } from "./errors.js";
import { newKey } from "./keys.js";

export const ADDS = ["message.add", "message.forward"]; // make a message, once for each key, and keep their order in a room

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
    /** @type {Map<string, unknown>} */ this.holds = new Map();
    /** On the shelf, where another tab may take it away. @type {Set<string>} */ this.shelved = new Set();
    /** Not looked for on the shelf since this page took it up, or held it. @type {Set<string>} */ this.unsure = new Set();
  }

  /** Take up what an earlier page left. */
  async restore() {
    const left = await this.options.shelf.load().catch(() => []);
    const known = new Set(this.items.map(({ key }) => key));
    const older = left.filter(({ key }) => !known.has(key)).sort((a, b) => a.order - b.order);
    const first = Math.min(0, ...this.items.map(({ order }) => order - older.length - 1));
    this.items = [...older.map((item, at) => settled(item, first + at)), ...this.items];
    for (const { key } of older) this.shelved.add(key), this.unsure.add(key);
    this.tell();
    for (const item of this.items) if (item.state === "held" && !this.holds.has(item.key)) this.hold(item);
    this.pump();
  }

  /**
   * Queue a command of a room. Resolves once it would outlive the page.
   * @param {string} room
   * @param {Command} command
   * @param {{hold?: number, preview?: Partial<Message>}} [how] `hold`: ms in which it can be taken back; `preview`: what
   *   is known of the message it makes, and not part of the command
   */
  async add(room, command, { hold = 0, preview } = {}) {
    const key = newKey();
    const order = Math.max(0, ...this.items.map((item) => item.order)) + 1;
    const now = this.options.timers.now();
    const keyed = ADDS.includes(command.type) ? { ...command, key } : command;
    const held = hold ? { state: /** @type {const} */ ("held"), until: now + hold } : { state: /** @type {const} */ ("waiting") };
    /** @type {Pending} */
    const item = { key, room, order, at: new Date(now).toISOString(), command: keyed, tries: 0, ...held, ...(preview && { preview }) };
    this.items = [...this.items, item];
    this.tell();
    const kept = this.shelve(item);
    if (hold) this.hold(item);
    else this.pumpRoom(room);
    await kept;
  }

  /** @param {Pending} item */
  hold({ key, until = 0 }) {
    this.unsure.add(key);
    this.holds.set(key, this.options.timers.set(() => this.release(key), Math.max(0, until - this.options.timers.now())));
  }

  /** Send what is held, now; adds before it in its room go first. @param {string} key */
  release(key) {
    const item = this.items.find((item) => item.key === key);
    if (!item) return;
    const isAdd = ADDS.includes(item.command.type);
    for (const other of this.items) {
      const isBefore = isAdd && other.room === item.room && ADDS.includes(other.command.type) && other.order < item.order;
      if (other.state === "held" && (other === item || isBefore)) this.letGo(other.key);
    }
    this.pumpRoom(item.room);
  }

  /** @param {string} key */
  letGo(key) {
    this.options.timers.clear(this.holds.get(key));
    this.holds.delete(key);
    this.change(key, { state: "waiting", until: undefined }); // here alone: on the shelf it would undo an undo in another tab
  }

  /** Take back what is held; undefined if it is too late. @param {string} key @returns {Pending | undefined} */
  undo(key) {
    const item = this.items.find((item) => item.key === key && item.state === "held");
    if (item) this.remove(key);
    return item;
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
    const item = this.next(room);
    if (!item) return;
    this.busy.add(room);
    try {
      if (!(await this.isWanted(item))) return;
      this.change(item.key, { state: "sending", tries: item.tries + 1 });
      const result = await this.options.deliver(item.command);
      this.remove(item.key);
      this.options.onResult(result);
    } catch (error) {
      this.failed(item, error);
    } finally {
      this.busy.delete(room);
      this.pumpRoom(room);
    }
  }

  /** The first of a room that may go; what adds a message waits for those before it. @param {string} room */
  next(room) {
    let isHeld = false;
    for (const item of this.items) {
      if (item.room !== room || item.state === "refused") continue;
      const isAdd = ADDS.includes(item.command.type);
      if (item.state === "held") isHeld ||= isAdd;
      else if (!isAdd || !isHeld) return item;
    }
    return undefined;
  }

  /** Whether no other tab has sent or taken back what lay where it could. @param {Pending} item */
  async isWanted({ key }) {
    if (!this.unsure.delete(key) || !this.shelved.has(key)) return true;
    const there = await this.options.shelf.load().catch(() => null);
    const isGone = there && !there.some((item) => item.key === key);
    if (isGone) this.remove(key);
    return !isGone && this.items.some((item) => item.key === key);
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
      this.add(item.room, /** @type {Command} */ (command), { preview: item.preview });
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
    this.options.timers.clear(this.holds.get(key));
    this.holds.delete(key);
    this.unsure.delete(key);
    this.shelved.delete(key);
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
    if (item) void this.shelve(item);
  }

  /** @param {Pending} item */
  async shelve(item) {
    try {
      await this.options.shelf.put(item);
    } catch {
      return; // it lives as long as the page
    }
    const isThere = this.items.some(({ key }) => key === item.key);
    if (isThere) this.shelved.add(item.key);
    else this.options.shelf.remove(item.key).catch(() => {}); // it went while it was being put there
  }

  tell() {
    this.options.onItems(this.items);
  }
}

/** As it is after a reload: nobody is sending it. @param {Pending} item @param {number} order @returns {Pending} */
function settled(item, order) {
  return { ...item, order, state: item.state === "sending" ? "waiting" : item.state };
}
