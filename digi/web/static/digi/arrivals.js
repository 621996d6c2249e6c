// @ts-check
// Takes in what comes over the socket: the first at once, and what comes faster than the screen is drawn together, once
// for each frame, or less often in a storm. Knows no log and no page.

/**
 * @template T
 */
export class Arrivals {
  /**
   * @param {(items: T[]) => void} take
   * @param {(run: () => void, taken: number) => void} nextFrame is told how many were taken in together last
   */
  constructor(take, nextFrame) {
    this.take = take;
    this.nextFrame = nextFrame;
    this.isWaiting = false;
    /** @type {T[]} */ this.items = [];
  }

  /** @param {T} item */
  add(item) {
    if (this.isWaiting) return void this.items.push(item);
    this.wait(1);
    this.take([item]);
  }

  /** @param {number} taken */
  wait(taken) {
    this.isWaiting = true;
    this.nextFrame(() => {
      this.isWaiting = false;
      if (this.items.length) this.wait(this.items.length);
      this.flush();
    }, taken);
  }

  /** Take in now what waits. */
  flush() {
    const items = this.items;
    this.items = [];
    if (items.length) this.take(items);
  }
}

const LATEST = 100; // ms: a page behind others draws seldom, or never
const SMOOTH = 20; // ms in which a frame follows the one before while there is little to draw
const STORM = 4; // in one frame: more than anybody reads, so drawing each frame would only make the page slow

/**
 * Before the next frame is drawn, or soon: then, too, if frames take long or much comes, so that there are some for the
 * reader.
 * @param {() => void} run
 * @param {number} taken
 */
export function nextFrame(run, taken) {
  const asked = performance.now();
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    run();
  };
  if (taken < STORM) requestAnimationFrame(() => performance.now() - asked < SMOOTH && once());
  setTimeout(once, LATEST);
}
