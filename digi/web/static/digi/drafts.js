// @ts-check
// What was typed and not sent, by room: here at once, on the server a moment later, and from there on one's other
// devices. Nothing somebody wrote is dropped: what cannot be joined is kept beside. Knows no page.
import { kept } from "./storage.js";
import { signal } from "./vendor/signals.js";

const PAUSE = 1500; // ms without a letter before the server is told
const OWN = 3; // texts of one's own that may still come back

/**
 * @typedef {object} Held
 * @property {string} text
 * @property {string} [reply_to]
 * @property {string} [other] what another device wrote meanwhile
 * @property {number} rev of the server's draft that this one knows
 * @property {boolean} isTouched whether the server does not have it
 * @property {string[]} saved what this device told the server last
 *
 * @typedef {object} Options
 * @property {string} me
 * @property {(command: Command, isLast: boolean) => Promise<Result>} save
 * @property {() => number} head of one's own log
 * @property {(room: string) => Draft | undefined} told what the server last said
 * @property {number} most code points of a text that the server takes
 * @property {Timers} timers
 * @property {{get: (name: string) => any, set: (name: string, value: unknown) => void}} [shelf]
 */

/** @type {Held} */
const NONE = { text: "", rev: 0, isTouched: false, saved: [] };

/**
 * What is held once the server told of a draft. What one is typing stays; what another device wrote and this one did
 * not touch takes its place; of two that hold each other the longer stays; else the other one is kept beside.
 * @param {Held} held
 * @param {Draft} told
 * @returns {Held}
 */
export function merged(held, told) {
  if (told.rev <= held.rev) return held;
  const known = { ...held, rev: told.rev };
  const theirs = { text: told.body, reply_to: told.reply_to ?? undefined, isTouched: false };
  if (told.body === held.text) return { ...known, isTouched: held.isTouched && theirs.reply_to !== held.reply_to };
  if (!held.isTouched || !held.text) return held.saved.includes(told.body) && held.isTouched ? known : { ...known, ...theirs };
  if (held.saved.includes(told.body) || held.text.includes(told.body)) return known;
  return told.body.includes(held.text) ? { ...known, ...theirs } : { ...known, other: told.body };
}

export class Drafts {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.shelf = options.shelf ?? kept;
    /** @type {Map<string, import("./vendor/signals.js").Signal<Held>>} */ this.rooms = new Map();
    /** @type {Map<string, unknown>} */ this.pauses = new Map();
    /** @type {Set<string>} */ this.busy = new Set();
  }

  /** The draft of a room, to be drawn. @param {string} room */
  of(room) {
    let draft = this.rooms.get(room);
    if (!draft) {
      draft = signal(this.taken(room));
      this.rooms.set(room, draft);
    }
    return draft;
  }

  /** @param {string} room @returns {Held} */
  taken(room) {
    const left = this.shelf.get(this.name(room));
    const held = { ...NONE, ...(left && { isTouched: true }), ...left };
    if (held.rev > this.options.head()) held.rev = 0; // of a state of the server that is no more
    const told = this.options.told(room);
    return told ? merged(held, told) : held;
  }

  /** @param {string} room */
  name(room) {
    return `draft.${this.options.me}.${room}`;
  }

  /** Somebody typed. @param {string} room @param {string} text */
  write(room, text) {
    this.put(room, { text, isTouched: true });
    this.later(room);
  }

  /** @param {string} room @param {string | undefined} message that is answered */
  answer(room, message) {
    this.put(room, { reply_to: message, isTouched: true });
    this.later(room);
  }

  /** A text that comes back, before what was typed since. @param {string} room @param {string} text @param {string} [reply_to] */
  restore(room, text, reply_to) {
    const held = this.of(room).peek();
    this.write(room, held.text.trim() ? `${text}\n${held.text}` : text);
    if (reply_to && !held.reply_to) this.answer(room, reply_to);
  }

  /** It is sent; `safe` once that outlives the page. @param {string} room @param {Promise<void>} safe */
  async sent(room, safe) {
    const draft = this.of(room);
    const empty = { ...draft.peek(), text: "", reply_to: undefined, isTouched: true };
    draft.value = empty;
    await safe;
    if (draft.peek().text) return; // the next one is begun
    this.put(room, {});
    await this.save(room);
  }

  /** What another device wrote: below what is here, or nowhere. @param {string} room @param {boolean} isWanted */
  settle(room, isWanted) {
    const { text, other } = this.of(room).peek();
    this.put(room, { other: undefined });
    if (isWanted && other) this.write(room, text ? `${text}\n${other}` : other);
  }

  /** @param {Fact[]} facts */
  learnt(facts) {
    for (const fact of facts) {
      if ("draft" in fact) this.told(fact.draft);
      if ("reset" in fact) for (const room of this.rooms.keys()) this.put(room, { rev: 0, saved: [] });
    }
  }

  /** @param {Draft} told */
  told(told) {
    const draft = this.rooms.get(told.room);
    if (draft) this.put(told.room, merged(draft.peek(), told));
  }

  /** @param {string} room @param {Partial<Held>} change */
  put(room, change) {
    const draft = this.of(room);
    const held = { ...draft.peek(), ...change };
    draft.value = held;
    const isWorth = held.text || held.reply_to || held.other || held.isTouched;
    this.shelf.set(this.name(room), isWorth ? held : null);
  }

  /** @param {string} room */
  later(room) {
    this.options.timers.clear(this.pauses.get(room));
    this.pauses.set(room, this.options.timers.set(() => this.save(room), PAUSE));
  }

  /** Everything the server does not have: the connection is back, or the page goes. @param {boolean} [isLast] */
  flush(isLast = false) {
    for (const room of this.rooms.keys()) void this.save(room, isLast);
  }

  /** Tell the server now. @param {string} room @param {boolean} [isLast] the page goes, and waits for no answer */
  async save(room, isLast = false) {
    this.options.timers.clear(this.pauses.get(room));
    const held = this.of(room).peek();
    const { text, reply_to } = held;
    if (!held.isTouched || (this.busy.has(room) && !isLast) || [...text].length > this.options.most) return;
    if (!text && !held.rev && !held.saved.length) return this.put(room, { isTouched: false }); // it never heard of it
    this.put(room, { saved: [text, ...held.saved].slice(0, OWN) });
    this.busy.add(room);
    try {
      const { draft } = await this.options.save({ type: "draft.save", room, body: text, reply_to: (text && reply_to) || null }, isLast);
      this.saved(room, held, draft?.rev ?? 0);
    } catch {
      return; // it stays here, and is told when the connection is back
    } finally {
      this.busy.delete(room);
    }
    if (this.of(room).peek().isTouched) this.later(room);
  }

  /** @param {string} room @param {Held} was @param {number} rev */
  saved(room, was, rev) {
    const held = this.of(room).peek();
    const isSame = held.text === was.text && held.reply_to === was.reply_to;
    this.put(room, { rev: Math.max(held.rev, rev), isTouched: held.isTouched && !isSame });
  }
}

/**
 * The drafts of one client.
 * @param {import("./client.js").Client} client
 * @param {Timers} timers
 * @param {(command: Command) => Promise<Result>} saveLast asks for a command while the page goes
 */
export function draftsOf(client, timers, saveLast) {
  const drafts = new Drafts({
    me: client.boot.me.username,
    save: (command, isLast) => (isLast ? saveLast(command) : client.ask(command)),
    head: () => client.state.peek().me.head,
    told: (room) => client.state.peek().drafts.get(room),
    most: client.boot.limits?.body ?? 8000,
    timers,
  });
  client.listeners.add((facts) => drafts.learnt(facts));
  return drafts;
}
