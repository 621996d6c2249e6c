// @ts-check
// A line that a language's mode reads: the interface that CodeMirror's stream parsers ask for
// (https://codemirror.net/docs/ref/#language.StringStream). Pure.

export class Stream {
  /** @param {string} line */
  constructor(line) {
    this.string = line;
    this.pos = 0;
    this.start = 0;
    this.indentUnit = 2;
  }

  eol() {
    return this.pos >= this.string.length;
  }

  sol() {
    return this.pos === 0;
  }

  peek() {
    return this.string[this.pos];
  }

  next() {
    return this.eol() ? undefined : this.string[this.pos++];
  }

  /** @param {string | RegExp | ((char: string) => boolean)} wanted */
  eat(wanted) {
    const char = this.peek();
    return char !== undefined && fits(char, wanted) ? this.next() : undefined;
  }

  /** @param {string | RegExp | ((char: string) => boolean)} wanted */
  eatWhile(wanted) {
    const from = this.pos;
    while (this.eat(wanted));
    return this.pos > from;
  }

  eatSpace() {
    return this.eatWhile(/\s/);
  }

  skipToEnd() {
    this.pos = this.string.length;
  }

  /** @param {string} char */
  skipTo(char) {
    const found = this.string.indexOf(char, this.pos);
    if (found < 0) return undefined;
    this.pos = found;
    return true;
  }

  /** @param {number} count */
  backUp(count) {
    this.pos -= count;
  }

  column() {
    return this.start;
  }

  indentation() {
    return this.string.length - this.string.trimStart().length;
  }

  /** @param {string | RegExp} wanted a pattern begins with ^ @param {boolean} [consume] @param {boolean} [isCaseBlind] */
  match(wanted, consume = true, isCaseBlind = false) {
    if (typeof wanted === "string") {
      const found = this.string.slice(this.pos, this.pos + wanted.length);
      const isFound = isCaseBlind ? found.toLowerCase() === wanted.toLowerCase() : found === wanted;
      if (isFound && consume) this.pos += wanted.length;
      return isFound || null;
    }
    const found = this.string.slice(this.pos).match(wanted);
    if (!found || found.index) return null;
    if (consume) this.pos += found[0].length;
    return found;
  }

  current() {
    return this.string.slice(this.start, this.pos);
  }
}

/** @param {string} char @param {string | RegExp | ((char: string) => boolean)} wanted */
function fits(char, wanted) {
  if (typeof wanted === "string") return char === wanted;
  return wanted instanceof RegExp ? wanted.test(char) : wanted(char);
}
