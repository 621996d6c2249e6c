// @ts-check
// Pages of messages, members and people, fetched when they are wanted, and messages let go when nobody looks at them.
// Knows how far a room is held, and no page.
import { sentence } from "./errors.js";
import { byId } from "./places.js";
import { withQuery } from "./requests.js";
import { tail } from "./selectors.js";
import { signal } from "./vendor/signals.js";

const PAGE = 50; // what a screen is begun with
const MORE = 100; // messages in an answer on the way up or down
const AT_ONCE = 100; // messages asked for by id
const KEPT = 100; // newest messages of a room that nobody looks at

/**
 * @typedef {object} Options
 * @property {(path: string) => Promise<any>} get
 * @property {(facts: Fact[]) => void} learn
 * @property {(id: string) => RoomState | undefined} room
 *
 * @typedef {"loading" | {failed: string}} Standing
 * @typedef {"older" | "newer" | "there"} Way where to: up, down, or to another place
 * @typedef {Partial<Record<Way, Standing>>} Ways
 */

export class History {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** What is being fetched or could not be, by room. */
    this.status = signal(/** @type {ReadonlyMap<string, Ways>} */ (new Map()));
    /** @type {Set<string>} */ this.askedFor = new Set();
    /** How many answers about a room's messages are awaited. @type {Map<string, number>} */ this.awaited = new Map();
  }

  /** The newest messages, unless a screenful of them is held. @param {string} id */
  async open(id) {
    const room = this.options.room(id);
    const isHeld = !room || tail(room).length >= Math.min(PAGE, room.top);
    return isHeld ? undefined : this.page(id, "there", { limit: PAGE });
  }

  /** @param {string} id @param {number} before pos */
  older(id, before) {
    return this.page(id, "older", { before, limit: MORE });
  }

  /** @param {string} id @param {number} after pos */
  newer(id, after) {
    return this.page(id, "newer", { after, limit: MORE });
  }

  /** @param {string} id @param {number} around pos */
  around(id, around) {
    return this.page(id, "there", { around, limit: MORE });
  }

  /**
   * What was said at a moment; the first message sent then or later, else the last before.
   * @param {string} id
   * @param {Date} moment
   */
  async at(id, moment) {
    const at = moment.toISOString();
    const page = await this.page(id, "there", { at, limit: MORE });
    return page?.messages.find(({ sent_at }) => sent_at >= at) ?? page?.messages.at(-1);
  }

  /**
   * @param {string} id
   * @param {Way} way
   * @param {Record<string, string | number>} query
   * @returns {Promise<MessagesPage | undefined>} nothing if it failed, or is under way
   */
  async page(id, way, query) {
    if (this.standing(id)[way] === "loading") return undefined;
    this.say(id, way, "loading");
    try {
      const page = await this.fetched(id, withQuery(`/rooms/${id}/messages`, query));
      this.say(id, way, undefined);
      return page;
    } catch (error) {
      this.say(id, way, { failed: sentence(error) });
      return undefined;
    }
  }

  /** The newest page, over whatever is held. @param {string} id */
  async refresh(id) {
    await this.open(id);
  }

  /** @param {string} id @param {string} path @returns {Promise<MessagesPage>} */
  async fetched(id, path) {
    this.await(id, 1);
    try {
      const page = await this.options.get(path);
      this.take(page);
      return page;
    } finally {
      this.await(id, -1);
    }
  }

  /** @param {string} id @param {number} more */
  await(id, more) {
    this.awaited.set(id, (this.awaited.get(id) ?? 0) + more);
  }

  /** @param {MessagesPage} page */
  take({ messages, people = [] }) {
    this.options.learn([...people.map((person) => ({ person })), ...messages.map((message) => ({ message }))]);
  }

  /** Messages that others answer, wherever in the room they stand; those already held are not asked for. @param {string} id @param {string[]} messages ids */
  async quoted(id, messages) {
    const held = this.options.room(id)?.messages ?? [];
    const unknown = messages.filter((one) => !byId(held, one) && !this.askedFor.has(one)).slice(0, AT_ONCE);
    if (!unknown.length) return;
    for (const one of unknown) this.askedFor.add(one);
    try {
      await this.fetched(id, withQuery("/messages", { ids: unknown.join() }));
    } catch {
      // They stay "an earlier message", and the next look asks again.
      for (const one of unknown) this.askedFor.delete(one);
    }
  }

  /** The message with this id, wherever it stands. @param {string} id @param {string} message */
  async find(id, message) {
    this.askedFor.delete(message);
    await this.quoted(id, [message]);
    return byId(this.options.room(id)?.messages ?? [], message);
  }

  /**
   * Let go of all messages but the newest and those in `spans` of pos. Never while an answer is on its way: it may be
   * older than what is let go, and would be taken for newer.
   * @param {string} id
   * @param {[number, number][]} spans
   */
  trim(id, spans) {
    const room = this.options.room(id);
    if (!room || this.awaited.get(id)) return;
    for (const { id: one } of room.messages) this.askedFor.delete(one);
    this.options.learn([{ keep: [...spans, [room.top - KEPT + 1, Infinity]], of: id }]);
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

  /** @param {string} id @returns {Ways} */
  standing(id) {
    return this.status.peek().get(id) ?? {};
  }

  /** @param {string} id @param {Way} way @param {Standing | undefined} standing */
  say(id, way, standing) {
    this.status.value = new Map(this.status.peek()).set(id, { ...this.standing(id), [way]: standing });
  }

  /** What could not be fetched may be tried again. @param {string} id */
  forgive(id) {
    const failed = Object.entries(this.standing(id)).filter(([, standing]) => typeof standing === "object");
    for (const [way] of failed) this.say(id, /** @type {Way} */ (way), undefined);
  }
}
