// @ts-check
// The conversation as lines to show: days, the mark of what is new, runs of one author, what is still on its way. Pure.
import { dayKey } from "../times.js";

const RUN = 5 * 60_000; // ms between two messages that still stand under one name

/**
 * @typedef {{type: "day", key: string, moment: string}} DayLine
 * @typedef {{type: "new", key: string}} NewLine
 * @typedef {{type: "system", key: string, message: Message}} SystemLine
 * @typedef {{type: "message", key: string, message: Message, isFirst: boolean, pending?: Pending}} MessageLine
 * @typedef {DayLine | NewLine | SystemLine | MessageLine} Line
 */

/**
 * @param {object} shown
 * @param {Message[]} shown.messages without a hole, oldest first
 * @param {Message} [shown.above] the one before the first, if known
 * @param {Pending[]} shown.pending adds of this room that no message has answered
 * @param {string} shown.me
 * @param {number | null} shown.newFrom the first unread pos when the room was opened
 * @returns {Line[]}
 */
export function linesOf({ messages, above, pending, me, newFrom }) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Message | null} */
  let before = null;
  for (const message of messages) {
    if (!before || dayKey(before.sent_at) !== dayKey(message.sent_at)) lines.push(dayLine(message));
    const isNew = message.pos === newFrom;
    if (isNew) lines.push({ type: "new", key: "new" });
    lines.push(lineOf(message, isNew ? null : (before ?? above ?? null), me));
    before = message;
  }
  for (const item of pending) {
    const message = imagined(item, me);
    if (!before || dayKey(before.sent_at) !== dayKey(message.sent_at)) lines.push(dayLine(message));
    lines.push({ type: "message", key: `k${item.key}`, message, isFirst: !continues(before, message), pending: item });
    before = message;
  }
  return lines;
}

/** @param {Message} message @param {Message | null} before @param {string} me @returns {SystemLine | MessageLine} */
function lineOf(message, before, me) {
  const key = keyOf(message, me);
  return message.kind === "system" ? { type: "system", key, message } : { type: "message", key, message, isFirst: !continues(before, message) };
}

/** An own message keeps the key that it had on its way. @param {Message} message @param {string} me */
function keyOf({ kind, author, key, pos }, me) {
  return kind === "text" && author === me && key ? `k${key}` : `p${pos}`;
}

/** @param {Message} message @returns {DayLine} */
function dayLine(message) {
  return { type: "day", key: `d${dayKey(message.sent_at)}`, moment: message.sent_at };
}

/** @param {Message | null} before @param {Message} message */
function continues(before, message) {
  if (!before || before.kind === "system" || before.author !== message.author || message.reply_to) return false;
  return Date.parse(message.sent_at) - Date.parse(before.sent_at) < RUN && dayKey(before.sent_at) === dayKey(message.sent_at);
}

/** What the server will make of it. @type {WeakMap<Pending["command"], Message>} */
const imaginedBefore = new WeakMap();

/** @param {Pending} item @param {string} me @returns {Message} the same one for the same command */
function imagined({ key, room, command, at, preview }, me) {
  const held = imaginedBefore.get(command);
  if (held) return held;
  const { body, reply_to = null } = /** @type {{body: string, reply_to?: string}} */ (/** @type {unknown} */ (command));
  /** @type {Message} */
  const message = {
    id: key, room, pos: 0, rev: 0, author: me, kind: "text", body, key, reply_to, sent_at: at, edited_at: null,
    deleted: false, mentions: [], reactions: [], ...preview,
  };
  imaginedBefore.set(command, message);
  return message;
}
