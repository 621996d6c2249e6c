// @ts-check
// Tells the others of direct rooms how far this client holds them: at most once a second, and nothing twice. Knows rooms
// by their id alone.

const PACE = 1000; // ms
const SOON = 60; // ms in which what was just learnt moves the cursor
const MOST = 500; // rooms in one frame

/**
 * @typedef {object} Options
 * @property {(frame: object) => void} send is not called while there is no connection
 * @property {() => boolean} isOpen
 * @property {() => ReadonlyMap<string, number>} cursors how far each log is held
 * @property {(room: string) => boolean} isDirect
 * @property {Timers} timers
 */

export class Acks {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {Map<string, number>} */ this.said = new Map();
    /** @type {Set<string>} */ this.wanted = new Set();
    /** @type {unknown} */ this.timer = null;
    this.saidAt = -PACE;
  }

  /** @param {Fact[]} facts */
  learnt(facts) {
    for (const fact of facts) if ("message" in fact) this.want(fact.message.room);
  }

  /** A new connection: whoever is there has heard nothing of it. */
  welcomed() {
    this.said.clear();
    for (const room of this.options.cursors().keys()) this.want(room);
  }

  /** The other one has just come, and knows nothing. @param {string} room */
  again(room) {
    this.said.delete(room);
    this.want(room);
  }

  /** @param {string} room */
  want(room) {
    if (!this.options.isDirect(room)) return;
    this.wanted.add(room);
    const { timers } = this.options;
    this.timer ??= timers.set(() => this.say(), Math.max(SOON, this.saidAt + PACE - timers.now()));
  }

  say() {
    this.timer = null;
    if (!this.options.isOpen()) return this.wanted.clear();
    const held = this.options.cursors();
    const news = [...this.wanted].flatMap((room) => {
      const at = held.get(room) ?? 0;
      return at > (this.said.get(room) ?? 0) ? [/** @type {const} */ ([room, at])] : [];
    });
    const now = news.slice(0, MOST);
    this.wanted = new Set(news.slice(MOST).map(([room]) => room));
    if (!now.length) return;
    for (const [room, at] of now) this.said.set(room, at);
    this.saidAt = this.options.timers.now();
    this.options.send({ type: "ack", cursors: Object.fromEntries(now) });
    for (const room of this.wanted) this.want(room);
  }
}
