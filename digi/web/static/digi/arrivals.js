// @ts-check
// Takes in what comes over the socket: the first at once, and what comes faster than the screen is drawn together, once
// for each frame. Knows no log and no page.

/**
 * @template T
 */
export class Arrivals {
  /**
   * @param {(items: T[]) => void} take
   * @param {(run: () => void) => void} nextFrame
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
    this.wait();
    this.take([item]);
  }

  wait() {
    this.isWaiting = true;
    this.nextFrame(() => {
      this.isWaiting = false;
      if (this.items.length) this.wait();
      this.flush();
    });
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

/** Before the next frame is drawn, or soon: then, too, if frames take long, so that there are some for the reader. @param {() => void} run */
export function nextFrame(run) {
  const asked = performance.now();
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    run();
  };
  requestAnimationFrame(() => performance.now() - asked < SMOOTH && once());
  setTimeout(once, LATEST);
}
