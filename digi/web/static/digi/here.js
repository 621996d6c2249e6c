// @ts-check
// Whether one is here oneself. Knows no page but the signs of life on it.

const AWAY = 300_000; // ms without a sign of life
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "focus"];

/** @typedef {import("./presence.js").Options} Options */

/** Tells whether one sits before the screen. */
export class Here {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {"online" | "away"} */ this.state = "online";
    this.actedAt = options.timers.now();
    /** @type {unknown} */ this.timer = null;
  }

  start() {
    for (const sign of SIGNS) addEventListener(sign, () => this.acted(), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.acted());
    this.acted();
  }

  acted() {
    this.actedAt = this.options.timers.now();
    if (this.state === "away") this.is("online");
    this.timer ??= this.options.timers.set(() => this.look(), AWAY);
  }

  look() {
    const left = this.actedAt + AWAY - this.options.timers.now();
    this.timer = left > 0 ? this.options.timers.set(() => this.look(), left) : null;
    if (!this.timer) this.is("away");
  }

  /** @param {"online" | "away"} state */
  is(state) {
    this.state = state;
    if (this.options.isOpen()) this.options.send({ type: "here", state });
  }

  /** A connection begins as `online`. */
  welcomed() {
    if (this.state === "away") this.is("away");
  }
}
