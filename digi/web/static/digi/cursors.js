// @ts-check
// How far each log is known, and how far it is known to go. Pure bookkeeping: asks nobody.

export class Cursors {
  constructor() {
    /** Everything up to here is held. @type {Map<string, number>} */
    this.at = new Map();
    /** The newest rev heard of. @type {Map<string, number>} */
    this.heads = new Map();
    /** Revs held above the cursor, beyond a hole. @type {Map<string, Set<number>>} */
    this.beyond = new Map();
  }

  /**
   * A log of which we hold the state as of `head`. A log already followed keeps its place: it may miss changes.
   * @param {string} log
   * @param {number} head
   */
  follow(log, head) {
    if (!this.at.has(log)) this.at.set(log, head);
    this.hear(log, head);
  }

  /** @param {string} log @param {number} head */
  hear(log, head) {
    if (head > (this.heads.get(log) ?? 0)) this.heads.set(log, head);
  }

  /** @param {string} log */
  drop(log) {
    this.at.delete(log);
    this.heads.delete(log);
    this.beyond.delete(log);
  }

  clear() {
    for (const map of [this.at, this.heads, this.beyond]) map.clear();
  }

  /** The change with this rev is held now. @param {string} log @param {number} rev */
  hold(log, rev) {
    this.hear(log, rev);
    const at = this.at.get(log);
    if (at === undefined || rev <= at) return;
    const beyond = this.beyond.get(log) ?? new Set();
    this.beyond.set(log, beyond.add(rev));
    this.advance(log);
  }

  /** Everything up to `rev` is held now. @param {string} log @param {number} rev */
  reach(log, rev) {
    const at = this.at.get(log);
    if (at === undefined) return;
    if (rev > at) this.at.set(log, rev);
    this.hear(log, rev);
    this.advance(log);
  }

  /** Jump to the newest: what was missed will be fetched anew. @param {string} log */
  skip(log) {
    this.reach(log, this.heads.get(log) ?? 0);
  }

  /** What is held is as of an earlier `rev`: the changes since then are missing. @param {string} log @param {number} rev */
  rewind(log, rev) {
    const at = this.at.get(log);
    if (at !== undefined && rev < at) this.at.set(log, rev);
  }

  /** How many changes are not held. @param {string} log */
  missing(log) {
    const at = this.at.get(log);
    return at === undefined ? 0 : (this.heads.get(log) ?? 0) - at;
  }

  /** @param {string} log */
  advance(log) {
    const beyond = this.beyond.get(log);
    if (!beyond) return;
    let at = this.at.get(log) ?? 0;
    while (beyond.delete(at + 1)) at++;
    for (const rev of beyond) if (rev <= at) beyond.delete(rev);
    if (!beyond.size) this.beyond.delete(log);
    this.at.set(log, at);
  }
}
