// @ts-check
// The last conversations, kept in this browser: what they look like is decided here, in pure functions over the state,
// and where they lie. Begins a page without the server, and knows neither page nor connection.
import { inbox, readPos, tail } from "./selectors.js";
import { cacheName, done, isForgotten, keeper, openDatabase } from "./storage.js";

const FORMAT = 1; // another one is not read
export const ROOMS = 30;
export const MESSAGES = 50; // of each
const ENOUGH = 20; // messages without a hole for a room to be worth more than what may be kept of it
const CROWD = 200; // members of a room that are kept

/**
 * @typedef {Omit<Boot, "room" | "page" | "members" | "reads" | "at">} Base what a page begins with, whatever room is open
 * @typedef {{id: string, epoch: string, rev: number, messages: Message[], members: Member[] | null}} KeptRoom as of `rev`
 * @typedef {{format: number, base: Base, seen: Record<string, number>}} KeptBase `seen`: what the server may not have heard
 */

/**
 * What a page begins with, as of the cursors.
 * @param {Boot} boot
 * @param {State} state
 * @param {ReadonlyMap<string, number>} cursors
 * @returns {KeptBase}
 */
export function baseOf(boot, state, cursors) {
  const { room: _room, page: _page, members: _members, reads: _reads, at: _at, ...rest } = boot;
  const rooms = inbox(state);
  const base = {
    ...rest,
    epoch: state.epoch,
    me: { ...state.me, head: cursors.get("me") ?? 0 },
    entries: rooms.map((room) => entryOf(room, cursors.get(room.about.id) ?? 0)),
    friends: [...state.friends.values()],
    blocks: [...state.blocks.values()],
    drafts: [...state.drafts.values()],
    people: known(state, rooms.slice(0, ROOMS)),
  };
  const seen = rooms.filter(({ seen, entry }) => seen > entry.read_pos).map(({ about, seen }) => [about.id, seen]);
  return { format: FORMAT, base, seen: Object.fromEntries(seen) };
}

/** @param {RoomState} room @param {number} head @returns {Entry} */
function entryOf(room, head) {
  const { entry, about, messages, top } = room;
  const { rev, name, topic, archived } = about;
  const read_pos = readPos({ ...room, seen: 0 });
  const last = messages.at(-1);
  return { ...entry, rev, name, topic, archived, head, read_pos, last_pos: top, last: last?.pos === top ? last : entry.last };
}

/** Who is to be seen in these rooms. @param {State} state @param {RoomState[]} rooms */
function known(state, rooms) {
  const names = new Set(rooms.flatMap(({ about, messages }) => [...(about.people ?? []), ...messages.slice(-MESSAGES).map(({ author }) => author)]));
  return [...names].flatMap((name) => state.people.get(name) ?? []);
}

/**
 * What is to be kept of a room; nothing where what is held is too little to replace what may be kept of it already.
 * @param {State} state
 * @param {RoomState} room
 * @param {number | undefined} rev how far its log is held
 * @returns {KeptRoom | undefined}
 */
export function roomOf(state, room, rev) {
  const newest = tail(room);
  if (rev === undefined || newest.length < Math.min(ENOUGH, room.top)) return undefined;
  const members = room.membersKnown && room.members.size <= CROWD ? [...room.members.values()] : null;
  return { id: room.about.id, epoch: state.epoch, rev, messages: newest.slice(-MESSAGES), members };
}

/**
 * What a page without the server begins with, at this room or at none.
 * @param {Base} base
 * @param {KeptRoom[]} rooms
 * @param {string | null} room
 * @returns {Boot}
 */
export function bootOf(base, rooms, room) {
  const revs = new Map(rooms.filter(({ epoch }) => epoch === base.epoch).map(({ id, rev }) => [id, rev]));
  const entries = base.entries.map((entry) => ({ ...entry, head: Math.min(entry.head, revs.get(entry.id) ?? entry.head) }));
  return { ...base, entries, room, page: null, members: null, at: null };
}

/** What was kept, as facts. @param {KeptRoom[]} rooms @returns {Fact[]} */
export function factsOf(rooms) {
  return rooms.flatMap(({ id, messages, members }) => [
    ...(members ? [{ members, of: id }] : []),
    ...messages.map((message) => ({ message })),
  ]);
}

/** Where it lies: one person's. */
export class Cache {
  /** @param {string} username */
  constructor(username) {
    this.opening = openDatabase(cacheName(username), (database) => {
      database.createObjectStore("base");
      database.createObjectStore("rooms", { keyPath: "id" });
    });
    this.opening.catch(() => {}); // no storage: nothing is kept
  }

  /** @param {IDBTransactionMode} mode */
  async stores(mode) {
    const transaction = (await this.opening).transaction(["base", "rooms"], mode);
    return { base: transaction.objectStore("base"), rooms: transaction.objectStore("rooms") };
  }

  /** @returns {Promise<KeptBase | undefined>} */
  async base() {
    const { base } = await this.stores("readonly");
    const found = await done(base.get("base"));
    return found?.format === FORMAT ? found : undefined;
  }

  /** @returns {Promise<KeptRoom[]>} */
  async rooms() {
    return done((await this.stores("readonly")).rooms.getAll());
  }

  /** Keep these, and let go of rooms that are not among `names`. @param {KeptBase} kept @param {KeptRoom[]} rooms @param {Set<string>} names */
  async save(kept, rooms, names) {
    const stores = await this.stores("readwrite");
    if (isForgotten()) return;
    const writing = [stores.base.put(kept, "base"), ...rooms.map((room) => stores.rooms.put(room))];
    const held = await done(stores.rooms.getAllKeys());
    for (const id of held) if (!names.has(String(id))) stores.rooms.delete(id);
    await Promise.all(writing.map(done));
  }

  async clear() {
    const { base, rooms } = await this.stores("readwrite");
    await Promise.all([done(base.clear()), done(rooms.clear())]);
  }
}

/**
 * What this browser keeps of whoever was here last: enough to begin without the server.
 * @param {string | null} room that the address names
 * @returns {Promise<{boot: Boot, facts: Fact[], seen: Record<string, number>} | undefined>}
 */
export async function recall(room) {
  const who = keeper();
  if (!who) return undefined;
  try {
    const cache = new Cache(who);
    const [kept, rooms] = await Promise.all([cache.base(), cache.rooms()]);
    if (!kept) return undefined;
    const facts = factsOf(rooms.filter(({ epoch }) => epoch === kept.base.epoch));
    return { boot: bootOf(kept.base, rooms, room), facts, seen: kept.seen };
  } catch {
    return undefined;
  }
}
