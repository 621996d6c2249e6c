// @ts-check
// Which part of a room's messages is drawn: a window over one run without a hole, that slides as one scrolls, so that
// the page holds a few screens of lines however long the room is. Pure; knows pos, and heights as it is told them.
import { placeOf, runAt } from "../places.js";
import { readPos, tail, unread } from "../selectors.js";

const PAGE = 50; // messages of a page: as many as the server paints
const FIRST = 30; // messages drawn at first: what most screens hold
const STEP = 1.25; // screens by which it grows, about
const FAR = 2.5; // screens behind which lines are taken away …
const LEFT = 1.5; // … and how many of them stay
const LEAST = 5; // messages by which it grows at least: however high they are, the edge is not reached at every step
const MOST = 60;
const AHEAD = 60; // held messages beyond the window, fewer than which more are fetched

/**
 * `at` stands in the run that is drawn; `to` is Infinity while one is at the newest, and follows it.
 * @typedef {{at: number, from: number, to: number}} Span
 *
 * Where to scroll to once the lines are there: a line whose top stands `offset` px below the window's, or without it in
 * the middle; what is new; or the newest.
 * @typedef {{pos: number, offset?: number} | "new" | "newest"} Goal
 *
 * px above and below what one sees, the height of that, how many of those before an edge the window grows, and which pos
 * stands at a height of the content.
 * @typedef {{above: number, below: number, height: number, near: number, posAt: (y: number) => number | undefined}} Sight
 */

/** @param {RoomState} room @returns {Span} */
export function newest({ top }) {
  return { at: top, from: top - FIRST + 1, to: Infinity };
}

/** @param {number} pos @returns {Span} */
export function around(pos) {
  return { at: pos, from: pos - PAGE / 2, to: pos + PAGE / 2 };
}

/**
 * Where one begins in a room: where a link leads, at what is new, where one was, else at the newest.
 * @param {RoomState} room
 * @param {{pos: number, offset: number} | undefined} place where one was, unless that was the newest
 * @param {number | null} asked the pos that a link names
 * @returns {{span: Span, goal: Goal}}
 */
export function begun(room, place, asked) {
  if (asked) return { span: around(clamped(room, asked)), goal: { pos: clamped(room, asked) } };
  if (unread(room)) return begunAtNew(room);
  if (!place || place.pos > room.top) return { span: newest(room), goal: "newest" };
  return { span: around(place.pos), goal: place };
}

/**
 * At the first that is new, if it is held or nothing is drawn yet; else one stays where the server has painted, and is
 * shown the way up.
 * @param {RoomState} room
 * @returns {{span: Span, goal: Goal}}
 */
function begunAtNew(room) {
  const first = readPos(room) + 1;
  const [, end] = runAt(room.messages, first);
  const isNear = holds(room, first) && room.messages[end - 1].pos === room.top && room.top - first < PAGE;
  const span = newest(room);
  if (isNear) return { span: { ...span, from: Math.min(first - 10, span.from) }, goal: "new" };
  const isPainted = tail(room).length >= Math.min(PAGE, room.top);
  return isPainted && !holds(room, first) ? { span, goal: "newest" } : { span: around(first), goal: "new" };
}

/** The pos of a message there is, nearest to the one asked for. @param {RoomState} room @param {number} pos */
export function clamped({ top }, pos) {
  return between(pos, 1, Math.max(1, top));
}

/** @param {RoomState} room @param {number} pos */
export function holds({ messages }, pos) {
  return messages[placeOf(messages, pos)]?.pos === pos;
}

/**
 * What is drawn: the messages of the window, and the one before, under whose name the first may stand.
 * @param {Message[]} messages
 * @param {Span} span
 */
export function drawn(messages, { at, from, to }) {
  const [first, end] = runAt(messages, at);
  const low = Math.max(first, placeOf(messages, from));
  const high = Math.min(end, placeOf(messages, to + 1));
  return { messages: messages.slice(low, Math.max(low, high)), before: low > first ? messages[low - 1] : undefined };
}

/** The pos of the first and the last message of the run that the window stands in. @param {Message[]} messages @param {number} at */
export function edges(messages, at) {
  const [first, end] = runAt(messages, at);
  return first === end ? undefined : { first: messages[first].pos, last: messages[end - 1].pos };
}

/**
 * The window after one scrolled, or after lines came: more lines where the edge is near, fewer where it is far.
 * @param {Span} span
 * @param {{first: number, last: number}} run
 * @param {Sight} sight
 * @param {boolean} isAtEnd whether one sees the end of what is drawn
 * @param {number} top the newest pos there is
 * @returns {Span} the same one if nothing changes
 */
export function slid(span, run, sight, isAtEnd, top) {
  const { above, below, height, near, posAt } = sight;
  const drawn = { from: Math.max(span.from, run.first), to: Math.min(span.to, run.last) };
  const step = stepOf(sight, drawn.to - drawn.from + 1);
  let { from, to } = drawn;
  if (above < near * height) from = Math.max(run.first, from - step);
  else if (above > FAR * height) from = posAt(above - LEFT * height) ?? from;
  if (below < near * height) to = Math.min(run.last, to + step);
  else if (below > FAR * height) to = posAt(above + height + LEFT * height) ?? to;
  if (isAtEnd && (span.to === Infinity || drawn.to >= top)) to = Infinity;
  const at = between(span.at, from, Math.min(to, run.last));
  return at === span.at && from === span.from && to === span.to ? span : { at, from, to };
}

/**
 * The window of somebody at the newest, after far more came at once than the `count` that were drawn: what passed, nobody
 * sees.
 * @param {Span} span
 * @param {RoomState} room
 * @param {number} count
 * @returns {Span} the same one if nothing changes
 */
export function caughtUp(span, room, count) {
  const isPassed = span.to === Infinity && room.top - span.from >= 2 * count && edges(room.messages, span.at)?.last === room.top;
  return isPassed ? { at: room.top, from: room.top - count + 1, to: Infinity } : span;
}

/** How many messages fill a little more than a screen, as high as those that are drawn. @param {Sight} sight @param {number} count */
function stepOf({ above, below, height }, count) {
  const each = Math.max(1, (above + height + below) / Math.max(1, count));
  return between(Math.round((STEP * height) / each), LEAST, MOST);
}

/** @param {number} number @param {number} low @param {number} high */
function between(number, low, high) {
  return Math.max(low, Math.min(number, high));
}

/**
 * What has to be fetched for the window to slide on.
 * @param {Span} span
 * @param {{first: number, last: number}} run
 * @param {number} top
 */
export function wanting({ from, to }, { first, last }, top) {
  return {
    older: first > 1 && from - first < AHEAD,
    newer: last < top && to !== Infinity && last - to < AHEAD,
  };
}

/** What of a room is kept of which only `pos` is looked at. @param {number} pos @returns {[number, number]} */
export function keptAround(pos) {
  return [pos - 2 * PAGE, pos + 2 * PAGE];
}
