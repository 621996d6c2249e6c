// @ts-check
// Keeps the logs complete: learns from changes as they come, sees holes, asks for what was missed, and starts afresh
// when an older state of the server came back. Knows the logs, not what is in them, and no socket.
import { Cursors } from "./cursors.js";
import { Lost, Refusal } from "./errors.js";

const FAR = 2000; // changes behind; further than this a fresh page costs less than the way there
const AT_ONCE = 200; // logs in one question
const GRACE = 1000; // ms in which changes that another log told of may still come by themselves
const ME = "me";

/**
 * @typedef {object} Options
 * @property {(cursors: Record<string, number>) => Promise<Synced>} ask
 * @property {(facts: Fact[]) => void} learn
 * @property {(room: string) => boolean} holds whether one is in that room, by what is known
 * @property {() => string} epoch of the state held now
 * @property {(epoch: string) => Promise<Fresh>} fetchAll
 * @property {(room: string) => Promise<void>} refetch learns a forgotten room anew
 * @property {Timers} timers
 */

export class Sync {
  /** @param {Options} options @param {Fresh} fresh */
  constructor(options, fresh) {
    this.options = options;
    this.cursors = new Cursors();
    /** @type {Set<string>} */ this.wanted = new Set();
    this.isRunning = false;
    this.isResetting = false;
    this.begin(fresh);
  }

  /** @param {Fresh} fresh */
  begin({ me, entries }) {
    this.cursors.follow(ME, me.head ?? 0);
    for (const { id, head } of entries) this.cursors.follow(id, head);
  }

  /** @param {Welcome} welcome */
  welcome({ epoch, me, heads }) {
    for (const [log, head] of Object.entries(heads)) this.cursors.hear(log, head);
    if (epoch !== this.options.epoch()) return this.startAfresh(epoch);
    this.options.learn([{ me }]);
    return this.catchUp();
  }

  catchUp() {
    for (const log of this.cursors.at.keys()) this.wantIfBehind(log);
    return this.run();
  }

  /** Older objects were learnt, as they stood at these revs: what came since is asked for. @param {[string, number][]} logs */
  rewind(logs) {
    for (const [log, rev] of logs) this.cursors.rewind(log, rev);
    return this.catchUp();
  }

  /** @param {Change} change */
  change(change) {
    const { log, rev } = change;
    this.take(change);
    this.cursors.hold(log, rev);
    this.wantIfBehind(log);
    return this.run();
  }

  /** An answer of the server told of objects, outside any log. @param {Result} result */
  result(result) {
    this.take({ ...result, entry: result.room, room: undefined });
  }

  /** @param {Record<string, any>} change */
  take(change) {
    this.options.learn(factsOf(change));
    this.moved(change);
  }

  /** A room came or went; not where this is older than what is known. @param {Record<string, any>} change */
  moved({ left, entry }) {
    if (left && !this.options.holds(left.id)) this.cursors.drop(left.id);
    if (entry && this.options.holds(entry.id)) this.told(entry);
  }

  /** An entry tells of another log's head. @param {Entry} entry */
  told({ id, head }) {
    const isNew = !this.cursors.at.has(id);
    this.cursors.follow(id, head);
    if (isNew) this.wantIfBehind(id);
    if (this.cursors.missing(id) > 0) this.later(id);
  }

  /** @param {string} log */
  wantIfBehind(log) {
    const missing = this.cursors.missing(log);
    if (missing > FAR && log !== ME) this.forget(log);
    else if (missing > 0) this.wanted.add(log);
    return missing > 0;
  }

  /** @param {string} room */
  forget(room) {
    this.cursors.skip(room);
    this.options.learn([{ forget: room }]);
    this.refetch(room);
  }

  /** @param {string} room */
  refetch(room) {
    if (!this.cursors.at.has(room)) return;
    this.options.refetch(room).catch(() => this.options.timers.set(() => this.refetch(room), 5 * GRACE));
  }

  async run() {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      while (this.wanted.size) await this.step([...this.wanted].slice(0, AT_ONCE));
    } catch (error) {
      this.wanted.clear(); // the next welcome tells anew what is missing
      if (error instanceof Refusal) this.options.timers.set(() => this.catchUp(), waitOf(error));
      else ignoreLost(error);
    } finally {
      this.isRunning = false;
    }
  }

  /** @param {string[]} logs */
  async step(logs) {
    for (const log of logs) this.wanted.delete(log);
    const cursors = logs.flatMap((log) => {
      const at = this.cursors.at.get(log);
      return at === undefined || this.cursors.missing(log) <= 0 ? [] : [/** @type {const} */ ([log, at])];
    });
    if (!cursors.length) return;
    const { logs: pages } = await this.options.ask(Object.fromEntries(cursors));
    for (const [log] of cursors) {
      if (pages[log]) this.page(log, pages[log]);
      else this.lose(log);
    }
  }

  /** @param {string} log @param {Page} page */
  page(log, page) {
    this.options.learn(page.changes.flatMap(factsOf));
    for (const change of page.changes) this.moved(change);
    const before = this.cursors.missing(log);
    this.cursors.hear(log, page.head);
    this.cursors.reach(log, page.upto);
    if (page.more) this.wanted.add(log);
    else if (this.cursors.missing(log) < before) this.wantIfBehind(log);
    else this.later(log); // the server does not have yet what we heard of: no haste
  }

  /** @param {string} log */
  later(log) {
    this.options.timers.set(() => this.wantIfBehind(log) && this.run(), GRACE);
  }

  /** @param {string} room */
  lose(room) {
    if (room === ME) return;
    this.cursors.drop(room);
    this.options.learn([{ drop: room }]);
  }

  /** @param {string} epoch */
  async startAfresh(epoch) {
    if (this.isResetting) return;
    this.isResetting = true;
    this.cursors.clear(); // what is heard meanwhile is noted as heads, and asked for afterwards
    try {
      const fresh = await this.options.fetchAll(epoch);
      this.options.learn([{ reset: fresh }]);
      this.begin(fresh);
    } catch (error) {
      if (!(error instanceof Refusal)) ignoreLost(error);
      this.options.timers.set(() => this.startAfresh(epoch), 2 * GRACE);
    } finally {
      this.isResetting = false;
    }
    await this.catchUp();
  }
}

/** @param {Record<string, any>} change @returns {Fact[]} */
function factsOf({ message, member, room, entry, left, friend, block, draft, me, person }) {
  const facts = [
    { entry }, { left }, { room }, { member }, { message }, { friend }, { block }, { draft }, { me }, { person },
  ];
  return /** @type {Fact[]} */ (facts.filter((fact) => Object.values(fact)[0] != null));
}

/** @param {Refusal} refusal @returns {number} ms */
function waitOf({ problem }) {
  return Math.max(5 * GRACE, (problem.retry_after ?? 0) * 1000);
}

/** @param {unknown} error */
function ignoreLost(error) {
  if (!(error instanceof Lost)) throw error;
}
