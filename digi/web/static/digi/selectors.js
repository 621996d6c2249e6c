// @ts-check
// What views ask of the state: counts, order, who may. Pure.
import { t } from "./language.js";
import { runAt } from "./places.js";

/** The newest run of messages without a hole; empty where the newest message is not held. @param {RoomState} room */
export function tail({ messages, top }) {
  return messages.slice(...runAt(messages, top));
}

/** @param {RoomState} room @returns {Message | undefined} */
export function last(room) {
  return room.messages.at(-1);
}

/** How far one has read: one's own message, added after the entry was told, counts as read. @param {RoomState} room */
export function readPos({ entry, own, seen }) {
  return Math.max(entry.read_pos, seen, own > entry.last_pos ? own : 0);
}

/** @param {RoomState} room */
export function unread(room) {
  return Math.max(0, room.top - readPos(room));
}

/** @param {RoomState} room */
export function activity(room) {
  const newest = last(room)?.sent_at ?? "";
  return newest > room.about.created_at ? newest : room.about.created_at;
}

/** All rooms, newest activity first. @param {State} state */
export function inbox(state) {
  const dated = [...state.rooms.values()].map((room) => /** @type {const} */ ([activity(room), room]));
  dated.sort(([a, one], [b, two]) => (a < b ? 1 : a > b ? -1 : one.about.id < two.about.id ? -1 : 1));
  return dated.map(([, room]) => room);
}

/** Whether the room is to leave one in peace. @param {RoomState} room @param {number} [now] */
export function isMuted({ entry }, now = Date.now()) {
  return !!entry.muted_until && Date.parse(entry.muted_until) > now;
}

/** @type {WeakMap<RoomState, number>} */
const mentionsOf = new WeakMap(); // a room's state never changes: what was counted of it stays true

/** How many unread messages address one by name, or everyone. @param {State} state @param {RoomState} room */
export function mentions(state, room) {
  const known = mentionsOf.get(room);
  if (known !== undefined) return known;
  const counted = countMentions(room, state.me.username);
  mentionsOf.set(room, counted);
  return counted;
}

/** @param {RoomState} room @param {string} me */
function countMentions(room, me) {
  const { entry, messages } = room;
  const read = readPos(room);
  const isAsTold = read <= entry.read_pos && read < entry.last_pos; // else what one saw since has to be taken off
  let count = isAsTold ? (entry.mentions ?? 0) : 0;
  const from = isAsTold ? entry.last_pos : read;
  for (let at = messages.length - 1; at >= 0 && messages[at].pos > from; at--) if (addresses(messages[at], me)) count++;
  return count;
}

/** Whether a message is addressed to one. @param {Message} message @param {string} me */
export function addresses({ author, mentions, deleted }, me) {
  return !deleted && author !== me && !!mentions?.some((name) => name === me || name === "everyone");
}

/** What is unread anywhere; of muted rooms only what addresses one. @param {State} state @param {number} [now] */
export function allUnread(state, now) {
  let sum = 0;
  for (const room of state.rooms.values()) sum += isMuted(room, now) ? mentions(state, room) : unread(room);
  return sum;
}

/** How many unread messages mention one, in all rooms. @param {State} state */
export function allMentions(state) {
  let sum = 0;
  for (const room of state.rooms.values()) sum += mentions(state, room);
  return sum;
}

/** The other one of a direct room. @param {State} state @param {RoomState} room @returns {Person | undefined} */
export function partner(state, room) {
  if (room.about.kind !== "direct") return undefined;
  const people = room.about.people ?? [];
  const other = people.find((username) => username !== state.me.username) ?? people[0];
  return other === undefined ? undefined : person(state, other);
}

/** @param {State} state @param {string} username @returns {Person} */
export function person(state, username) {
  return state.people.get(username) ?? { username, display_name: username, initials: "", hue: 0, bot: false };
}

/** A room's name as its members call it. @param {State} state @param {RoomState} room */
export function title(state, room) {
  const { kind, name, people } = room.about;
  if (kind === "direct") return partner(state, room)?.display_name ?? t("Direct conversation");
  return name || (people ?? []).map((one) => person(state, one).display_name).join(", ") || t("Group");
}

/** Who is in the room, owners first, then by name. @param {RoomState} room */
export function present(room) {
  const rank = { owner: 0, moderator: 1, member: 2 };
  return [...room.members.values()]
    .filter(({ left }) => !left)
    .sort((a, b) => rank[a.role] - rank[b.role] || a.profile.display_name.localeCompare(b.profile.display_name));
}

/** @param {State} state */
export function requests(state) {
  return [...state.friends.values()].filter(({ state }) => state === "incoming");
}

/** Why one may not write here, in a sentence; undefined if one may. @param {State} state @param {RoomState} room */
export function silenced(state, room) {
  if (room.about.archived) return t("This room is archived: it can be read, and nothing can be added.");
  const other = partner(state, room);
  const isBlocked = other && state.blocks.get(other.username)?.active;
  return isBlocked ? t("You have blocked {name}. Unblock them to write here.", { name: other.display_name }) : undefined;
}
