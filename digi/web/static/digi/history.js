// @ts-check
// Older messages and members, fetched when they are wanted. Knows how far a room is held, and no page.
import { sentence } from "./errors.js";
import { withQuery } from "./requests.js";
import { readPos, tail } from "./selectors.js";
import { signal } from "./vendor/signals.js";

const PAGE = 50;
const MOST = 200; // messages in one answer

/**
 * @typedef {object} Options
 * @property {(path: string) => Promise<any>} get
 * @property {(facts: Fact[]) => void} learn
 * @property {(id: string) => RoomState | undefined} room
 */

/** Whether there is more above what is held. @param {RoomState} room */
export function hasOlder(room) {
  const first = tail(room)[0];
  return first ? first.pos > 1 : room.top > 0;
}

export class History {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** What is being fetched or could not be, by room. */
    this.status = signal(/** @type {ReadonlyMap<string, "loading" | {failed: string}>} */ (new Map()));
    /** @type {Set<string>} */ this.askedFor = new Set();
  }

  /** Enough to fill a screen, and all that is unread. @param {string} id */
  async open(id) {
    const room = this.options.room(id);
    if (!room || !hasOlder(room)) return;
    const held = tail(room).length;
    const wanted = Math.min(MOST, Math.max(PAGE, room.top - readPos(room) + 20));
    if (held < Math.min(wanted, PAGE)) await this.older(id, wanted - held);
  }

  /** @param {string} id @param {number} [limit] */
  async older(id, limit = PAGE) {
    const room = this.options.room(id);
    if (!room || !hasOlder(room) || this.status.peek().get(id) === "loading") return;
    this.say(id, "loading");
    try {
      const before = tail(room)[0]?.pos;
      this.take(await this.options.get(withQuery(`/rooms/${id}/messages`, { before, limit })));
      this.say(id, undefined);
    } catch (error) {
      this.say(id, { failed: sentence(error) });
    }
  }

  /** Everything down to the message with this id, if it can be reached in a few pages. @param {string} id @param {string} message */
  async reach(id, message) {
    for (let tries = 0; tries < 20; tries++) {
      const room = this.options.room(id);
      if (!room || tail(room).some((one) => one.id === message)) return true;
      if (!hasOlder(room) || this.status.peek().has(id)) return false;
      await this.older(id, MOST);
    }
    return false;
  }

  /** The newest page, over whatever is held. @param {string} id */
  async refresh(id) {
    await this.open(id);
  }

  /** @param {MessagesPage} page */
  take({ messages, people = [] }) {
    this.options.learn([...people.map((person) => ({ person })), ...messages.map((message) => ({ message }))]);
  }

  /** All members, once. @param {string} id */
  async members(id) {
    if (this.options.room(id)?.membersKnown || !this.once(id)) return;
    try {
      const { members } = await this.options.get(`/rooms/${id}/members`);
      this.options.learn([{ members, of: id }]);
    } catch {
      // Names fall back to usernames, and the next look asks again.
    } finally {
      this.askedFor.delete(id);
    }
  }

  /** Somebody who wrote and is no member any more. @param {string} username */
  async person(username) {
    if (!this.once(`@${username}`)) return;
    try {
      const { person } = await this.options.get(`/people/${encodeURIComponent(username)}`);
      if (person) this.options.learn([{ person }]);
    } catch {
      // Not ours to see any more: the username has to do.
    }
  }

  /** @param {string} what */
  once(what) {
    return !this.askedFor.has(what) && !!this.askedFor.add(what);
  }

  /** @param {string} id @param {"loading" | {failed: string} | undefined} status */
  say(id, status) {
    const next = new Map(this.status.peek());
    if (status) next.set(id, status);
    else next.delete(id);
    this.status.value = next;
  }
}
