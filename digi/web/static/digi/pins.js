// @ts-check
// What is pinned in a room: asked for once, then kept by what changes. Knows no page.
import { signal } from "./vendor/signals.js";

/** @typedef {{messages: Message[], more: boolean}} Pinned newest pin first; whether there are more than these */
/** @typedef {import("./vendor/signals.js").Signal<ReadonlyMap<string, Pinned>>} Rooms */

export class Pins {
  /** @param {{get: (path: string) => Promise<any>, learn: (facts: Fact[]) => void, rooms?: Rooms}} options */
  constructor(options) {
    this.options = options;
    this.rooms = options.rooms ?? signal(/** @type {ReadonlyMap<string, Pinned>} */ (new Map()));
    /** @type {Map<string, Message[]>} */ this.meanwhile = new Map(); // what changed while the answer was on its way
  }

  /** @param {string} id rejects with Refusal or Lost */
  async open(id) {
    if (this.rooms.peek().has(id) || this.meanwhile.has(id)) return;
    this.meanwhile.set(id, []);
    try {
      const { messages, more, people = [] } = await this.options.get(`/rooms/${id}/pins`);
      const since = this.meanwhile.get(id) ?? [];
      this.put(id, since.reduce(withMessage, { messages, more }));
      this.options.learn(people.map((/** @type {Person} */ person) => ({ person })));
    } finally {
      this.meanwhile.delete(id);
    }
  }

  /** @param {Fact[]} facts */
  heard(facts) {
    for (const fact of facts) {
      if ("message" in fact) this.changed(fact.message);
      else if ("reset" in fact) this.rooms.value = new Map();
      else if ("forget" in fact) this.put(fact.forget, undefined);
    }
  }

  /** @param {Message} message */
  changed(message) {
    this.meanwhile.get(message.room)?.push(message);
    const held = this.rooms.peek().get(message.room);
    const next = held && withMessage(held, message);
    if (next !== held) this.put(message.room, next);
  }

  /** @param {string} id @param {Pinned | undefined} pinned */
  put(id, pinned) {
    const rooms = new Map(this.rooms.peek());
    if (pinned) rooms.set(id, pinned);
    else rooms.delete(id);
    this.rooms.value = rooms;
  }
}

/** @param {Pinned} pinned @param {Message} message @returns {Pinned} */
function withMessage(pinned, message) {
  const held = pinned.messages.find(({ id }) => id === message.id);
  if (held ? held.rev >= message.rev : !message.pinned) return pinned;
  const others = pinned.messages.filter(({ id }) => id !== message.id);
  const isPinned = message.pinned && !message.deleted;
  const messages = isPinned ? [...others, message].sort((a, b) => (at(a) < at(b) ? 1 : -1)) : others;
  return { ...pinned, messages };
}

/** @param {Message} message */
function at({ pinned }) {
  return pinned?.at ?? "";
}
