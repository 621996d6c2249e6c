// @ts-check
// How well a text answers what somebody typed in a hurry: letters in order, better together and at the beginnings of
// words, blind to case and accents. Pure.
import { folded } from "../folding.js";

const START = 8; // a letter that begins a word
const FIRST = 4; // and the text
const TOGETHER = 10; // a letter right after the one before
const GAP = 1; // for each letter left out, up to
const GAPS = 6;
const LEAST = 4; // per letter; less is chance
const NONE = -Infinity;

/** @typedef {{score: number, marks: [from: number, to: number][]}} Match where in the text it was found */

/**
 * Every word of `query` has to be found. The better match has the higher score.
 * @param {string} query
 * @param {string} text
 * @returns {Match | null}
 */
export function fuzzy(query, text) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const letters = lettersOf(text);
  /** @type {Set<number>} */
  const places = new Set();
  let score = -letters.length / 100; // of two that match alike the shorter is meant
  for (const word of words) {
    const found = best([...word], letters);
    if (!found || found.score < LEAST * word.length) return null;
    score += found.score;
    for (const at of found.places) places.add(letters[at].from);
  }
  return { score, marks: runs(text, places) };
}

/** @typedef {{letter: string, from: number, isStart: boolean}} Letter of the folded text, and where it comes from */

/** @param {string} text @returns {Letter[]} */
function lettersOf(text) {
  /** @type {Letter[]} */
  const letters = [];
  let [from, isStart] = [0, true];
  for (const sign of text) {
    for (const letter of folded(sign)) letters.push({ letter, from, isStart });
    isStart = !/[\p{L}\p{N}\p{M}]/u.test(sign);
    from += sign.length;
  }
  return letters;
}

/**
 * The best way to find the letters of `word` in order, by dynamic programming over both.
 * @param {string[]} word
 * @param {Letter[]} letters
 */
function best(word, letters) {
  /** @type {number[][]} */
  const cameFrom = [];
  let before = letters.map(() => NONE);
  word.forEach((letter, index) => {
    const now = letters.map(() => NONE);
    cameFrom.push(letters.map(() => -1));
    for (let at = index, far = -1; at < letters.length; at++) {
      if (index && at > 1 && (far < 0 || before[at - 2] >= before[far] - gap(at - 2 - far))) far = at - 2;
      if (letters[at].letter !== letter) continue;
      const [score, from] = index ? step(before, at, far) : [0, -1];
      now[at] = score + worth(letters[at], at);
      cameFrom[index][at] = from;
    }
    before = now;
  });
  const end = before.indexOf(Math.max(...before));
  return before[end] > NONE ? { score: before[end], places: trace(cameFrom, end) } : null;
}

/** @param {number[]} before @param {number} at @param {number} far @returns {[score: number, from: number]} */
function step(before, at, far) {
  const together = at > 0 ? before[at - 1] + TOGETHER : NONE;
  const apart = far >= 0 ? before[far] - gap(at - 1 - far) : NONE;
  return together >= apart ? [together, at - 1] : [apart, far];
}

/** @param {number} letters left out */
function gap(letters) {
  return Math.min(GAPS, letters * GAP);
}

/** @param {Letter} letter @param {number} at */
function worth({ isStart }, at) {
  return 1 + (isStart ? START : 0) + (at ? 0 : FIRST);
}

/** @param {number[][]} cameFrom @param {number} end */
function trace(cameFrom, end) {
  const places = [];
  for (let index = cameFrom.length - 1, at = end; index >= 0 && at >= 0; at = cameFrom[index--][at]) places.push(at);
  return places;
}

/** Neighbouring places as one. @param {string} text @param {Set<number>} places @returns {[number, number][]} */
function runs(text, places) {
  /** @type {[number, number][]} */
  const found = [];
  for (const from of [...places].sort((a, b) => a - b)) {
    const to = from + String.fromCodePoint(text.codePointAt(from) ?? 0).length;
    const before = found.at(-1);
    if (before?.[1] === from) before[1] = to;
    else found.push([from, to]);
  }
  return found;
}
