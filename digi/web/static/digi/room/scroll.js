// @ts-check
// Where the conversation is scrolled to, and that nothing one reads moves: at the newest it stays there, elsewhere the
// line one reads keeps its place. Touches one element; knows of a message only the pos that its line bears.

const NEAR_END = 40; // px

/** @typedef {import("./window.js").Goal} Goal */
/** @typedef {import("./window.js").Sight} Sight */

export class Scroll {
  /** @param {HTMLElement} log @param {(sight: Sight, isAtEnd: boolean) => void} onLook is told after every change of what one sees */
  constructor(log, onLook) {
    this.log = log;
    this.onLook = onLook;
    /** Whether the end of the lines is the newest, where one wants to stay. */
    this.follows = false;
    this.isAtEnd = false;
    this.isPlaced = false;
    /** Whether somebody scrolls just now. */
    this.isMoving = false;
    /** Screens before an edge at which more is drawn: what nobody sees yet waits until what one sees is painted. */
    this.near = 0;
    this.top = 0;
    /** @type {{line: HTMLElement, top: number} | null} */ this.anchor = null;
    this.lines = /** @type {HTMLElement} */ (log.firstElementChild);
    this.observer = new ResizeObserver(() => this.settle()); // an edit opens, a font comes, a keyboard rises
    this.observer.observe(log);
    this.observer.observe(this.lines);
  }

  /** Go there; the lines are drawn already. @param {Goal} goal */
  place(goal) {
    this.isPlaced = true;
    this.log.scrollTop = this.log.scrollHeight;
    if (goal === "new") this.toMark();
    else if (goal !== "newest") this.toPos(goal.pos, goal.offset);
    this.look();
    if (!this.near) requestAnimationFrame(() => setTimeout(() => this.painted()));
  }

  painted() {
    this.near = 1;
    this.look();
  }

  /** The mark of what is new near the top, if all of it does not fit. */
  toMark() {
    const mark = /** @type {HTMLElement | null} */ (this.log.querySelector(".day.new"));
    if (mark && mark.offsetTop < this.log.scrollTop) this.log.scrollTop = mark.offsetTop - this.log.clientHeight / 6;
  }

  /** @param {number} pos @param {number} [offset] px below the top; in the middle without it */
  toPos(pos, offset) {
    const line = this.lineOf(pos);
    if (!line) return;
    const { clientHeight } = this.log;
    const below = offset ?? Math.max(clientHeight / 6, (clientHeight - line.offsetHeight) / 2);
    this.log.scrollTop = topOf(line, this.log) - below;
  }

  /** After lines came or went, or the room for them changed. */
  settle() {
    if (!this.isPlaced) return;
    if (this.isAtEnd && this.follows && !this.wasMoved()) this.log.scrollTop = this.log.scrollHeight;
    else if (this.anchor?.line.isConnected) {
      const moved = topOf(this.anchor.line, this.log) - this.anchor.top;
      if (moved) this.log.scrollTop += moved;
    }
    this.look();
  }

  /** Whether somebody scrolled up, and the browser has not said so yet. */
  wasMoved() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    return scrollTop < Math.min(this.top, scrollHeight - clientHeight) - 1;
  }

  /** The browser says that the conversation was scrolled: by somebody, unless it stands where it was put. */
  scrolled() {
    this.isMoving = Math.abs(this.log.scrollTop - this.top) > 1;
    this.look();
    this.isMoving = false;
  }

  /** Find out what one sees, and tell it. */
  look() {
    if (!this.isPlaced) return;
    const { scrollTop, scrollHeight, clientHeight: height } = this.log;
    this.isAtEnd = scrollHeight - scrollTop - height < NEAR_END;
    this.top = scrollTop;
    const line = this.reading();
    this.anchor = line && { line, top: topOf(line, this.log) };
    const head = /** @type {HTMLElement} */ (this.lines.firstElementChild); // what stands above all lines
    const start = head.offsetTop + head.offsetHeight;
    const sight = { above: scrollTop - start, below: scrollHeight - scrollTop - height, height, near: this.near };
    this.onLook({ ...sight, posAt: (y) => posOf(this.from(y + start)) }, this.isAtEnd);
  }

  /** The line that must not move: the first whole one, or a long one that fills much of the window. */
  reading() {
    const { scrollTop, clientHeight } = this.log;
    const first = this.from(scrollTop);
    const next = first && following(first.nextElementSibling, "nextElementSibling", isLine);
    if (!next || first.offsetTop >= scrollTop) return first;
    const isLong = first.offsetTop + first.offsetHeight - scrollTop > clientHeight / 3;
    return isLong || next.offsetTop > scrollTop + clientHeight ? first : next;
  }

  /** Where one reads, to come back to. @returns {{pos: number, offset: number} | undefined} */
  get here() {
    const line = this.anchor && following(this.anchor.line, "nextElementSibling", posOf);
    const pos = line && posOf(line);
    return pos ? { pos, offset: Math.round(topOf(line, this.log) - this.log.scrollTop) } : undefined;
  }

  /** The pos of the first line that one sees some of. */
  get first() {
    return posOf(following(this.childBeyond(this.log.scrollTop), "nextElementSibling", posOf));
  }

  /** Whether one sees the mark of what is new. */
  get hasMark() {
    const mark = this.log.querySelector(".day.new");
    return !!mark && this.isInSight(mark);
  }

  /** The newest pos whose line one sees down to its end. */
  get seen() {
    const end = this.log.scrollTop + this.log.clientHeight + 1;
    const beyond = this.childBeyond(end);
    const before = beyond ? beyond.previousElementSibling : this.lines.lastElementChild;
    return posOf(following(before, "previousElementSibling", posOf)) ?? 0;
  }

  /** The first line of a message that ends below `y` px of the content. @param {number} y */
  from(y) {
    return following(this.childBeyond(y), "nextElementSibling", isLine);
  }

  /** The first of all lines, days too, that ends below `y`. @param {number} y @returns {Element | undefined} */
  childBeyond(y) {
    const lines = this.lines.children;
    let low = 1; // what stands above all lines is none
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { offsetTop, offsetHeight } = /** @type {HTMLElement} */ (lines[middle]);
      if (offsetTop + offsetHeight <= y) low = middle + 1;
      else high = middle;
    }
    return lines[low];
  }

  /** @param {number} pos @returns {HTMLElement | null} */
  lineOf(pos) {
    return this.lines.querySelector(`[data-pos="${pos}"]`);
  }

  /** @param {Element} line */
  isInSight(line) {
    const [one, all] = [line, this.log].map((element) => element.getBoundingClientRect());
    return one.bottom > all.top && one.top < all.bottom;
  }

  stop() {
    this.observer.disconnect();
  }
}

/** A line's distance from the top of the content, to the fraction of a pixel. @param {Element} line @param {HTMLElement} log */
function topOf(line, log) {
  return line.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
}

/** @param {Element | null | undefined} line */
function posOf(line) {
  return Number(/** @type {HTMLElement | null | undefined} */ (line)?.dataset.pos) || undefined;
}

/** Days and marks move when older lines come. @param {Element} line */
function isLine(line) {
  return !!(/** @type {HTMLElement} */ (line).dataset.key);
}

/**
 * This one, or the next that `holds`.
 * @param {Element | null | undefined} line
 * @param {"nextElementSibling" | "previousElementSibling"} way
 * @param {(line: Element) => unknown} holds
 */
function following(line, way, holds) {
  let one = line;
  while (one && !holds(one)) one = one[way];
  return /** @type {HTMLElement | null} */ (one ?? null);
}
