// @ts-check
// Who may do what in a room, as the server's policy has it, so that only what works is shown. Pure.

const RANK = { owner: 2, moderator: 1, member: 0 };
const MOST_READERS = 50; // members of a room in which is told who read what

/** @param {RoomState} room */
function rankIn({ entry }) {
  return RANK[entry.role];
}

/** @param {RoomState} room */
export function mayInvite(room) {
  return room.about.kind !== "direct" && !room.about.archived;
}

/** @param {RoomState} room @param {Member["role"]} role */
export function mayRemove(room, role) {
  return rankIn(room) >= 1 && rankIn(room) > RANK[role];
}

/** @param {RoomState} room */
export function mayChangeRole(room) {
  return rankIn(room) === 2;
}

/** Name and topic. @param {RoomState} room */
export function mayDescribe(room) {
  return rankIn(room) >= 1 && !room.about.archived;
}

/** @param {RoomState} room */
export function mayArchive(room) {
  return rankIn(room) === 2;
}

/** See and delete what others wrote. @param {RoomState} room */
export function mayModerate(room) {
  return room.about.kind !== "direct" && rankIn(room) >= 1;
}

/** @param {RoomState} room */
export function mayPin(room) {
  return room.about.kind !== "public" || rankIn(room) >= 1;
}

/** Whether it is told here who has read what; of the server's answer nobody knows before it. @param {RoomState} room */
export function maySeeReads({ members, membersKnown, about }) {
  return about.kind === "direct" || !membersKnown || [...members.values()].filter(({ left }) => !left).length <= MOST_READERS;
}
