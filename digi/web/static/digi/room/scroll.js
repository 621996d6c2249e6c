// @ts-check
// Where the conversation is scrolled to, and that nothing one reads moves: at the end it stays at the end, elsewhere the
// line at the top keeps its place. Touches one element and knows no message.

const NEAR_END = 40; // px
const NEAR_START = 800; // px above which older lines are fetched

export class Scroll {
  /** @param {HTMLElement} log @param {{onEnd: (isAtEnd: boolean) => void, onStart: () => void}} tell */
  constructor(log, tell) {
    this.log = log;
    this.tell = tell;
    this.isAtEnd = true;
    this.isPlaced = false;
    this.top = 0;
    /** @type {{line: HTMLElement, top: number} | null} */ this.anchor = null;
    this.lines = /** @type {HTMLElement} */ (log.firstElementChild);
    this.observer = new ResizeObserver(() => this.settle()); // an edit opens, a font comes, a keyboard rises
    this.observer.observe(log);
    this.observer.observe(this.lines);
  }

  /** Show the mark of what is new near the top if all of it does not fit, else the end. */
  place() {
    const mark = /** @type {HTMLElement | null} */ (this.log.querySelector(".day.new"));
    this.isPlaced = true;
    this.log.scrollTop = this.log.scrollHeight;
    if (mark && mark.offsetTop < this.log.scrollTop) this.log.scrollTop = mark.offsetTop - this.log.clientHeight / 6;
    this.look();
  }

  /** After lines came or went, or the room for them changed. */
  settle() {
    if (!this.isPlaced) return;
    if (this.isAtEnd && !this.wasMoved()) this.log.scrollTop = this.log.scrollHeight;
    else if (this.anchor?.line.isConnected) this.log.scrollTop += this.anchor.line.offsetTop - this.anchor.top;
    this.look();
  }

  /** Whether somebody scrolled up, and the browser has not said so yet. */
  wasMoved() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    return scrollTop < Math.min(this.top, scrollHeight - clientHeight) - 1;
  }

  /** After somebody scrolled. */
  look() {
    if (!this.isPlaced) return;
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.top = scrollTop;
    this.remember();
    this.tell.onEnd(this.isAtEnd);
    if (scrollTop < NEAR_START) this.tell.onStart();
  }

  remember() {
    const line = this.topLine();
    this.anchor = line && { line, top: line.offsetTop };
  }

  /** The first line that is not wholly above the window; never what stands above all lines, which stays there. */
  topLine() {
    const lines = this.lines.children;
    const top = this.log.scrollTop;
    let low = 1;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { offsetTop, offsetHeight } = /** @type {HTMLElement} */ (lines[middle]);
      if (offsetTop + offsetHeight <= top) low = middle + 1;
      else high = middle;
    }
    return /** @type {HTMLElement | undefined} */ (lines[low]) ?? null;
  }

  toEnd() {
    this.isAtEnd = true;
    this.settle();
    this.tell.onEnd(true);
  }

  /** @param {Element} line */
  show(line) {
    this.isAtEnd = false;
    line.scrollIntoView({ block: "center" });
    this.look();
  }

  stop() {
    this.observer.disconnect();
  }
}
