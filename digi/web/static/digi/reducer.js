// @ts-check
// The state of the conversations as a pure function of what was learnt: a newer rev wins, so order and repetition
// do not matter. Knows no clock, no socket and no page.
import { placed } from "./places.js";

/**
 * @param {Fresh} fresh
 * @returns {State}
 */
export function initial(fresh) {
  /** @type {State} */
  const empty = {
    epoch: fresh.epoch, me: fresh.me, rooms: new Map(), people: new Map(), friends: new Map(), blocks: new Map(),
    drafts: new Map(), gone: new Map(),
  };
  return learn(empty, [
    { me: fresh.me },
    ...fresh.entries.map((entry) => ({ entry })),
    ...fresh.friends.map((friend) => ({ friend })),
    ...fresh.blocks.map((block) => ({ block })),
    ...(fresh.drafts ?? []).map((draft) => ({ draft })),
  ]);
}

/**
 * The state once `facts` are known. Parts that did not change stay the same object.
 * @param {State} state
 * @param {Fact[]} facts
 */
export function learn(state, facts) {
  return facts.reduce(one, state);
}

/**
 * @param {State} state
 * @param {Fact} fact
 * @returns {State}
 */
function one(state, fact) {
  if ("message" in fact) return inRoom(state, fact.message.room, (room) => withMessage(room, fact.message, state.me));
  if ("entry" in fact) return withEntry(state, fact.entry);
  if ("left" in fact) return without(state, fact.left);
  if ("member" in fact) return withMember(state, fact.member);
  if ("members" in fact) return withMembers(state, fact.of, fact.members);
  if ("room" in fact) return inRoom(state, fact.room.id, (room) => withAbout(room, fact.room));
  if ("friend" in fact) return withFriend(state, fact.friend);
  if ("block" in fact) return withBlock(state, fact.block);
  if ("draft" in fact) return withDraft(state, fact.draft);
  if ("me" in fact) return withMe(state, fact.me);
  if ("person" in fact) return withPerson(state, fact.person);
  if ("reads" in fact) return inRoom(state, fact.of, (room) => withReads(room, fact.reads));
  if ("delivered" in fact) return inRoom(state, fact.of, (room) => withDelivered(room, fact.delivered));
  if ("seen" in fact) return inRoom(state, fact.of, (room) => withSeen(room, fact.seen));
  if ("unseen" in fact) return inRoom(state, fact.of, (room) => withUnseen(room, fact.unseen));
  if ("keep" in fact) return inRoom(state, fact.of, (room) => keeping(room, fact.keep));
  if ("forget" in fact) return inRoom(state, fact.forget, forgotten);
  if ("drop" in fact) return dropped(state, fact.drop);
  return initial(fact.reset);
}

/**
 * @param {State} state
 * @param {string} id
 * @param {(room: RoomState) => RoomState} change
 * @returns {State}
 */
function inRoom(state, id, change) {
  const room = state.rooms.get(id);
  const changed = room && change(room);
  return !changed || changed === room ? state : { ...state, rooms: put(state.rooms, id, changed) };
}

/**
 * @template V
 * @param {ReadonlyMap<string, V>} map
 * @param {string} key
 * @param {V} value
 */
function put(map, key, value) {
  return new Map(map).set(key, value);
}

/** @param {RoomState} room @param {Message} message @param {Me} me @returns {RoomState} */
function withMessage(room, message, me) {
  const messages = placed(room.messages, message);
  const own = message.author === me.username ? Math.max(room.own, message.pos) : room.own;
  const top = Math.max(room.top, message.pos);
  return messages === room.messages && own === room.own && top === room.top ? room : { ...room, messages, own, top };
}

/** @param {State} state @param {Entry} entry @returns {State} */
function withEntry(state, entry) {
  if ((state.gone.get(entry.id) ?? -1) >= entry.entry_rev) return state;
  const held = state.rooms.get(entry.id);
  const known = (entry.profiles ?? []).reduce(withPerson, state);
  let room = held ? withNewerEntry(held, entry) : fresh(entry);
  room = withAbout(room, entry);
  if (entry.last) room = withMessage(room, entry.last, state.me);
  return room === held ? known : { ...known, rooms: put(known.rooms, entry.id, room) };
}

/** @param {RoomState} room @param {Entry} entry @returns {RoomState} */
function withNewerEntry(room, entry) {
  const top = Math.max(room.top, entry.last_pos);
  if (entry.entry_rev <= room.entry.entry_rev) return top === room.top ? room : { ...room, top };
  // A mark that moved back was set by hand ("mark unread") and outweighs what this tab saw.
  const seen = entry.read_pos < room.entry.read_pos ? 0 : room.seen;
  return { ...room, entry, seen, top };
}

/** @param {Entry} entry @returns {RoomState} */
function fresh(entry) {
  const none = { messages: [], members: new Map(), membersKnown: false, own: 0, seen: 0, reads: new Map(), delivered: new Map() };
  return { entry, about: entry, top: entry.last_pos, ...none };
}

/** @param {RoomState} room @param {Room} about @returns {RoomState} */
function withAbout(room, about) {
  return about.rev > room.about.rev ? { ...room, about } : room;
}

/** @param {State} state @param {Left} left @returns {State} */
function without(state, left) {
  if ((state.gone.get(left.id) ?? -1) >= left.entry_rev) return state;
  const gone = put(state.gone, left.id, left.entry_rev);
  const held = state.rooms.get(left.id);
  return held && held.entry.entry_rev < left.entry_rev ? { ...dropped(state, left.id), gone } : { ...state, gone };
}

/** @param {State} state @param {string} id @returns {State} */
function dropped(state, id) {
  const rooms = new Map(state.rooms);
  return rooms.delete(id) ? { ...state, rooms } : state;
}

/** @param {State} state @param {Member} member @returns {State} */
function withMember(state, member) {
  const username = member.person;
  const held = state.rooms.get(member.room)?.members.get(username);
  if (held && held.rev >= member.rev) return state;
  const known = withPerson(state, member.profile);
  return inRoom(known, member.room, (room) => ({ ...room, members: put(room.members, username, member) }));
}

/** @param {State} state @param {string} id @param {Member[]} members @returns {State} */
function withMembers(state, id, members) {
  const known = members.reduce(withMember, state);
  return inRoom(known, id, (room) => (room.membersKnown ? room : { ...room, membersKnown: true }));
}

/** @param {State} state @param {Friend} friend @returns {State} */
function withFriend(state, friend) {
  const username = friend.person;
  if ((state.friends.get(username)?.rev ?? -1) >= friend.rev) return state;
  return { ...withPerson(state, friend.profile), friends: put(state.friends, username, friend) };
}

/** @param {State} state @param {Block} block @returns {State} */
function withBlock(state, block) {
  const username = block.person;
  if ((state.blocks.get(username)?.rev ?? -1) >= block.rev) return state;
  return { ...withPerson(state, block.profile), blocks: put(state.blocks, username, block) };
}

/** @param {State} state @param {Draft} draft @returns {State} */
function withDraft(state, draft) {
  const held = state.drafts.get(draft.room);
  return held && held.rev >= draft.rev ? state : { ...state, drafts: put(state.drafts, draft.room, draft) };
}

/** @param {State} state @param {Me} me @returns {State} */
function withMe(state, me) {
  const newer = me.rev >= state.me.rev ? { ...state, me } : state;
  return withPerson(newer, newer.me);
}

/** @param {State} state @param {Person} person @returns {State} */
function withPerson(state, person) {
  const held = state.people.get(person.username);
  const { username, display_name, initials, hue, bot = false } = person;
  if (held && held.display_name === display_name && held.initials === initials && held.hue === hue) return state;
  return { ...state, people: put(state.people, username, { username, display_name, initials, hue, bot }) };
}

/** @param {RoomState} room @param {Record<string, number>} reads @returns {RoomState} */
function withReads(room, reads) {
  const further = furtherThan(room.reads, reads);
  return further === room.reads ? room : { ...room, reads: further };
}

/** @param {RoomState} room @param {Record<string, number>} delivered @returns {RoomState} */
function withDelivered(room, delivered) {
  const further = furtherThan(room.delivered, delivered);
  return further === room.delivered ? room : { ...room, delivered: further };
}

/** Marks only move forward. @param {ReadonlyMap<string, number>} held @param {Record<string, number>} told */
function furtherThan(held, told) {
  const further = Object.entries(told).filter(([name, mark]) => mark > (held.get(name) ?? 0));
  return further.length ? new Map([...held, ...further]) : held;
}

/** @param {RoomState} room @param {number} seen @returns {RoomState} */
function withSeen(room, seen) {
  return seen > room.seen ? { ...room, seen } : room;
}

/** This tab forgets that it saw this message and what follows. @param {RoomState} room @param {number} pos @returns {RoomState} */
function withUnseen(room, pos) {
  return pos <= room.seen ? { ...room, seen: pos - 1 } : room;
}

/** Only the messages in these spans of pos stay. @param {RoomState} room @param {[number, number][]} spans @returns {RoomState} */
function keeping(room, spans) {
  const messages = room.messages.filter(({ pos }) => spans.some(([from, to]) => from <= pos && pos <= to));
  return messages.length === room.messages.length ? room : { ...room, messages };
}

/** @param {RoomState} room @returns {RoomState} */
function forgotten(room) {
  return { ...room, messages: [], members: new Map(), membersKnown: false };
}
