// @ts-check
// A room's messages in a list by `pos`, with holes: finding a place in it, the run without a hole around one, and
// putting a message there. Pure.

/**
 * `messages` with `message` in its place, unless they hold it as new or newer, or know that it was deleted.
 * @param {Message[]} messages
 * @param {Message} message
 */
export function placed(messages, message) {
  const at = placeOf(messages, message.pos);
  const held = messages[at];
  if (held?.pos !== message.pos) return messages.toSpliced(at, 0, message);
  if (held.rev >= message.rev || (held.deleted && !message.deleted)) return messages;
  return messages.with(at, message);
}

/** The index of the first message whose pos is not below `pos`. @param {Message[]} messages @param {number} pos */
export function placeOf(messages, pos) {
  let low = 0;
  let high = messages.length;
  if (high && messages[high - 1].pos < pos) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].pos < pos) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The run without a hole in which `pos` stands: the index of its first message, and that after its last. Both are the
 * same where `pos` is not held.
 * @param {Message[]} messages
 * @param {number} pos
 * @returns {[number, number]}
 */
export function runAt(messages, pos) {
  const at = placeOf(messages, pos);
  if (messages[at]?.pos !== pos) return [at, at];
  const ahead = pos - at; // by how much pos is ahead of the index: never falls, and stays the same within a run
  return [
    lowest(0, at, (index) => messages[index].pos - index === ahead),
    lowest(at, messages.length, (index) => messages[index].pos - index > ahead),
  ];
}

/** The lowest number from `low` on that `holds`, else `high`; above one that does all do. @param {number} low @param {number} high @param {(index: number) => boolean} holds */
function lowest(low, high, holds) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @type {WeakMap<Message[], Map<string, Message>>} */
const indexes = new WeakMap();

/** The message with this id, if it is held. @param {Message[]} messages @param {string} id */
export function byId(messages, id) {
  let index = indexes.get(messages);
  if (!index) indexes.set(messages, (index = new Map(messages.map((one) => [one.id, one]))));
  return index.get(id);
}
