// @ts-check
// A room's messages in a list by `pos`: finding a place in it, and putting a message there. Pure.

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
