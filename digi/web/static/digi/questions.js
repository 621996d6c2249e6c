// @ts-check
// What was asked over a socket and is not answered yet: pairs answers with questions by `ref`. Knows no socket.
import { Lost, Refusal } from "./errors.js";

/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void, timer: unknown}} Question */

export class Questions {
  /** @param {{timers: Timers, patience: number, onSlow: () => void}} options `onSlow` hears of an answer that did not come */
  constructor({ timers, patience, onSlow }) {
    this.timers = timers;
    this.patience = patience;
    this.onSlow = onSlow;
    this.refs = 0;
    /** @type {Map<string, Question>} */ this.open = new Map();
  }

  /** @param {(ref: string) => void} send @returns {Promise<any>} rejects with Refusal or Lost */
  pose(send) {
    const ref = String(++this.refs);
    return new Promise((resolve, reject) => {
      this.open.set(ref, { resolve, reject, timer: this.timers.set(() => this.slow(ref), this.patience) });
      send(ref);
    });
  }

  /** @param {string | null | undefined} ref @param {unknown} result @param {Problem | null} [problem] */
  answer(ref, result, problem) {
    const question = this.take(ref ?? "");
    if (problem) question?.reject(new Refusal(problem));
    else question?.resolve(result);
  }

  /** The line is gone, and with it what was asked. */
  lose() {
    for (const ref of [...this.open.keys()]) this.take(ref)?.reject(new Lost());
  }

  /** @param {string} ref */
  slow(ref) {
    this.take(ref)?.reject(new Lost());
    this.onSlow();
  }

  /** @param {string} ref */
  take(ref) {
    const question = this.open.get(ref);
    this.open.delete(ref);
    this.timers.clear(question?.timer);
    return question;
  }
}
