// @ts-check
// What stands inside a paragraph: emphasis, code, links, names. `inlines.py` reads the same way, step by step, and says why.
import { addressAt, matchAt, mayFollow, targetAt } from "./addresses.js";

/** @typedef {string | {type: string, inside?: Inline[], url?: string, text?: string, name?: string}} Inline */

export const DEEPEST = 8;
const LONGEST_NAME = 80;

// The shrug comes first: its arm is the one backslash that everybody types and means.
const TOKEN = /¯\\_\(ツ\)_\/¯|\\[*_~|`[\]#@]|`+|\*+|_+|~+|\|+|[[\]@#]|[hH][tT][tT][pP][sS]?:\/\//g;
const NAME = /[\p{L}\p{N}\p{M}._-]*/uy;
const PUNCTUATION = /[!-/:-@[-`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e]/;
const TYPES = /** @type {Record<string, string>} */ ({ "**": "strong", "__": "strong", "*": "em", "_": "em", "~~": "strike", "||": "spoiler" });
const [SPACE, MARK, OTHER] = [0, 1, 2];

/** The pieces of `text`: strings, and objects that say their `type`. @param {string} text @returns {Inline[]} */
export function inlines(text) {
  return new Reader(text).read();
}

/** What was opened, and what was read since. `exact` marks stand in the middle of a word: only their equal ends them. */
class Open {
  /** @param {string} mark @param {number} start @param {boolean} [exact] */
  constructor(mark, start, exact = false) {
    this.mark = mark;
    this.start = start;
    this.exact = exact;
    /** @type {Inline[]} */ this.nodes = [];
    this.depth = 0;
    this.hasLink = false;
  }

  get kind() {
    return this.exact ? `${this.mark}=` : this.mark;
  }
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.stack = [new Open("", 0)];
    /** @type {number[]} where on the stack a "[" waits */ this.brackets = [];
    /** @type {Record<string, number>[]} how many of each kind wait, since the last "[" */ this.counts = [{}];
    this.lastTarget = text.lastIndexOf("](");
    /** @type {Map<number, number[]> | null} */ this.ticks = null;
  }

  read() {
    let at = 0;
    for (let found; (TOKEN.lastIndex = at), (found = TOKEN.exec(this.text)); ) {
      this.put(this.text.slice(at, found.index));
      at = this.take(found[0], found.index);
    }
    this.put(this.text.slice(at));
    this.fold(0);
    return joined(this.stack[0].nodes);
  }

  /** Read what begins with `mark`; returns where it ends. @param {string} mark @param {number} at */
  take(mark, at) {
    switch (mark[0]) {
      case "¯": this.put(mark); break;
      case "\\": this.put(mark[1]); break;
      case "`": return this.code(mark, at);
      case "[": this.openBracket(at); break;
      case "]": return this.closeBracket(at);
      case "@":
      case "#": return this.name(mark, at);
      case "h":
      case "H": return this.address(mark, at);
      default: this.delimit(mark, at);
    }
    return at + mark.length;
  }

  // ── the stack ──

  /** @param {Inline} node @param {number} [depth] @param {boolean} [isLink] */
  put(node, depth = 0, isLink = false) {
    const top = this.stack[this.stack.length - 1];
    if (node) top.nodes.push(node);
    top.depth = Math.max(top.depth, depth);
    top.hasLink ||= isLink;
  }

  get waiting() {
    return this.counts[this.counts.length - 1];
  }

  /** @param {Open} opened */
  push(opened) {
    this.stack.push(opened);
    this.waiting[opened.kind] = (this.waiting[opened.kind] ?? 0) + 1;
  }

  /** All that was opened above `index` was no mark, but text. @param {number} index */
  fold(index) {
    const below = this.stack[index];
    for (const opened of this.stack.splice(index + 1)) {
      this.waiting[opened.kind]--;
      below.nodes.push(opened.mark);
      for (const node of opened.nodes) below.nodes.push(node);
      below.depth = Math.max(below.depth, opened.depth);
      below.hasLink ||= opened.hasLink;
    }
  }

  // ── emphasis, strike, spoilers ──

  /** @param {string} mark @param {number} at */
  delimit(mark, at) {
    const { opens, closes } = flanks(mark, this.text[at - 1] ?? "", this.text[at + mark.length] ?? "");
    const rest = closes ? this.close(mark, opens && closes) : mark;
    if (rest && opens) this.push(new Open(rest, at, closes));
    else this.put(rest);
  }

  /** End what `mark` can end, its equal before others; returns what is left of it. @param {string} mark @param {boolean} exact */
  close(mark, exact) {
    while (mark) {
      const char = mark[0];
      let kinds = this.among([mark, `${mark}=`]);
      if (!kinds.length && !exact) kinds = this.among([char, char + char, char + char + char]);
      if (!kinds.length) break;
      let index = this.stack.length - 1;
      while (!kinds.includes(this.stack[index].kind)) index--;
      mark = this.wrap(index, mark);
    }
    return mark;
  }

  /** Those that wait. @param {string[]} kinds */
  among(kinds) {
    return kinds.filter((kind) => this.waiting[kind] > 0);
  }

  /** @param {number} index @param {string} mark */
  wrap(index, mark) {
    this.fold(index);
    const opened = /** @type {Open} */ (this.stack.pop());
    this.waiting[opened.kind]--;
    const size = Math.min(opened.mark.length, mark.length, 2);
    const used = opened.mark.slice(0, size);
    opened.mark = opened.mark.slice(size);
    const inside = joined(opened.nodes);
    const isDeep = opened.depth >= DEEPEST;
    const nodes = isDeep ? [used, ...inside, used] : [{ type: TYPES[used], inside }];
    const depth = isDeep ? opened.depth : opened.depth + 1;
    if (opened.mark) {
      opened.nodes = nodes;
      opened.depth = depth;
      this.push(opened);
    } else for (const node of nodes) this.put(node, depth, opened.hasLink);
    return mark.slice(size);
  }

  // ── code ──

  /** @param {string} mark @param {number} at */
  code(mark, at) {
    const start = at + mark.length;
    const end = this.nextTicks(mark.length, start);
    if (end < 0) {
      this.put(mark);
      return start;
    }
    const text = this.text.slice(start, end);
    const isPadded = text.startsWith(" ") && text.endsWith(" ") && text.trim();
    this.put({ type: "code", text: isPadded ? text.slice(1, -1) : text }, 1);
    return end + mark.length;
  }

  /** Where the next run of exactly so many backticks begins, or -1. @param {number} size @param {number} start */
  nextTicks(size, start) {
    if (!this.ticks) {
      this.ticks = new Map();
      for (const run of [...this.text.matchAll(/`+/g)].reverse()) {
        const runs = this.ticks.get(run[0].length) ?? [];
        this.ticks.set(run[0].length, runs);
        runs.push(run.index);
      }
    }
    const runs = this.ticks.get(size) ?? [];
    while (runs.length && runs[runs.length - 1] < start) runs.pop();
    return runs.at(-1) ?? -1;
  }

  // ── links ──

  /** @param {number} at */
  openBracket(at) {
    if (at > this.lastTarget) return this.put("["); // nothing will end it, and it shall keep nothing else from ending
    this.brackets.push(this.stack.length);
    this.stack.push(new Open("[", at));
    this.counts.push({});
  }

  /** @param {number} at */
  closeBracket(at) {
    const index = this.brackets.pop();
    if (index === undefined) {
      this.put("]");
      return at + 1;
    }
    this.fold(index);
    this.counts.pop();
    const opened = /** @type {Open} */ (this.stack.pop());
    const [url, end] = targetAt(this.text, at + 1);
    const words = this.text.slice(opened.start + 1, at).trim();
    // A link inside a link stays one, and shows where it leads: so no text can name one address and lead to another.
    if (url && words && !opened.hasLink && opened.depth < DEEPEST) {
      this.put({ type: "link", url, inside: joined(opened.nodes) }, opened.depth + 1, true);
      return end;
    }
    for (const node of ["[", ...opened.nodes, "]"]) this.put(node, opened.depth, opened.hasLink);
    return at + 1;
  }

  /** @param {string} mark @param {number} at */
  address(mark, at) {
    const found = addressAt(this.text, at);
    if (!found) {
      this.put(mark);
      return at + mark.length;
    }
    const isLink = mayFollow(found);
    this.put(isLink ? { type: "link", url: found, inside: [found] } : found, isLink ? 1 : 0, isLink);
    return at + found.length;
  }

  // ── people and rooms ──

  /** @param {string} mark @param {number} at */
  name(mark, at) {
    const run = matchAt(NAME, this.text, at + 1)?.[0] ?? "";
    // Where "_" has opened emphasis it also ends it; elsewhere a name may end with one.
    const isOpen = Object.entries(this.waiting).some(([kind, count]) => kind[0] === "_" && count > 0);
    const name = withoutEnd(run, isOpen ? "._-" : ".-");
    if (!/^[^._-]/.test(name) || [...name.slice(0, 2 * LONGEST_NAME + 2)].length > LONGEST_NAME || !mayBegin(this.text, at)) {
      this.put(mark);
      return at + 1;
    }
    this.put({ type: mark === "@" ? "mention" : "room", name }, 1);
    return at + 1 + name.length;
  }
}

/** Neighbouring strings made one. @param {Inline[]} nodes */
function joined(nodes) {
  /** @type {Inline[]} */
  const found = [];
  /** @type {string[]} */
  let run = [];
  for (const node of [...nodes, null]) {
    if (typeof node === "string") {
      run.push(node);
      continue;
    }
    if (run.length) found.push(run.join(""));
    run = [];
    if (node) found.push(node);
  }
  return found;
}

/** Whether `mark` can open and whether it can close (CommonMark 0.31, 6.2, with fewer characters as punctuation). @param {string} mark @param {string} before @param {string} after */
function flanks(mark, before, after) {
  const char = mark[0];
  if (mark.length > 3 || ((char === "~" || char === "|") && mark.length !== 2) || isArithmetic(mark, before + after)) {
    return { opens: false, closes: false };
  }
  const [left, right] = [kindOf(before), kindOf(after)];
  const opens = right === OTHER || (right === MARK && left !== OTHER);
  const closes = left === OTHER || (left === MARK && right !== OTHER);
  return char === "_" ? { opens: opens && left !== OTHER, closes: closes && right !== OTHER } : { opens, closes };
}

/** `2*3*4`, `a*b` and `2**8` are no emphasis. @param {string} mark @param {string} around */
function isArithmetic(mark, around) {
  return mark[0] === "*" && (mark.length === 1 ? /^[A-Za-z0-9]{2}$/ : /^[0-9]{2}$/).test(around);
}

/** @param {string} char */
function kindOf(char) {
  if (!char || /\s/.test(char)) return SPACE;
  return PUNCTUATION.test(char) ? MARK : OTHER;
}

/** A name does not begin inside a word or an address, and `&#39;` names no room. @param {string} text @param {number} at */
function mayBegin(text, at) {
  return !/[\p{L}\p{N}\p{M}@#/&]$/u.test(text.slice(Math.max(0, at - 2), at));
}

/** @param {string} text @param {string} chars */
function withoutEnd(text, chars) {
  let end = text.length;
  while (end && chars.includes(text[end - 1])) end--;
  return text.slice(0, end);
}
