// @ts-check
// Who may do what in a room, as the server's policy has it, so that only what works is shown. Pure.

const RANK = { owner: 2, moderator: 1, member: 0 };

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
