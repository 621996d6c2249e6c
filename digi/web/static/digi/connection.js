// @ts-check
// The one WebSocket of a tab: connects, proves that it lives, comes back. Alone touches WebSocket; knows no meaning of
// what passes, but for pairing answers with questions.
import { backOff } from "./backoff.js";
import { Lost, Refusal } from "./errors.js";

export const CLOSE = { signedOut: 4001, notMember: 4003, tooSlow: 4008, flood: 4029 };
const QUIET = 25_000; // ms without a word after which we ask whether anyone is there
const PATIENCE = 10_000; // ms for a welcome, an answer or a pong
const STEADY = 10_000; // ms a connection must last before failures are forgotten
const VERSION = 1;

/**
 * @typedef {object} Options
 * @property {string} url
 * @property {(url: string) => WebSocket} open
 * @property {(welcome: Welcome) => void} onWelcome
 * @property {(change: Change) => void} onChange
 * @property {(signal: Signal) => void} onSignal
 * @property {(status: LinkStatus) => void} onStatus
 * @property {() => boolean} isOnline
 * @property {Timers} timers
 * @property {() => number} [random]
 */

export class Connection {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.random = options.random ?? Math.random;
    /** @type {LinkStatus} */ this.status = { is: "connecting" };
    /** @type {WebSocket | null} */ this.socket = null;
    /** @type {Map<string, {resolve: (value: any) => void, reject: (error: Error) => void, timer: unknown}>} */
    this.asked = new Map();
    this.refs = 0;
    this.failures = 0;
    /** @type {number | null} */ this.downSince = options.timers.now();
    /** @type {Record<"retry" | "pulse" | "steady", unknown>} */
    this.timers = { retry: null, pulse: null, steady: null };
  }

  start() {
    if (this.socket || this.isOver) return;
    this.stop("retry");
    this.say({ is: "connecting" });
    const socket = this.options.open(this.options.url);
    this.socket = socket;
    socket.onmessage = ({ data }) => socket === this.socket && this.heard(data);
    socket.onclose = ({ code }) => socket === this.socket && this.closed(code);
    this.wait("pulse", PATIENCE, () => this.giveUp()); // until the welcome
  }

  get isOpen() {
    return this.status.is === "open";
  }

  get isOver() {
    return ["signed-out", "refused", "outdated"].includes(this.status.is);
  }

  /** Milliseconds since there was a connection; 0 while there is one. */
  get downFor() {
    return this.downSince === null ? 0 : this.options.timers.now() - this.downSince;
  }

  /** Something may have changed (the network is back, the page is looked at): find out now. */
  nudge() {
    if (this.isOpen) this.ping(PATIENCE / 2);
    else if (!this.socket) this.start();
  }

  /** @param {Command} command @returns {Promise<Result>} rejects with Refusal or Lost */
  ask(command) {
    return this.question({ type: "ask", command });
  }

  /** @param {Record<string, number>} cursors @returns {Promise<Synced>} */
  sync(cursors) {
    return this.question({ type: "sync", cursors });
  }

  /** @param {object} frame @returns {Promise<any>} */
  question(frame) {
    if (!this.isOpen) return Promise.reject(new Lost());
    const ref = String(++this.refs);
    return new Promise((resolve, reject) => {
      const timer = this.options.timers.set(() => this.unanswered(ref), PATIENCE);
      this.asked.set(ref, { resolve, reject, timer });
      this.send({ ...frame, ref });
    });
  }

  /** One slow answer is no proof of a dead line: the question is lost, the line is tried. @param {string} ref */
  unanswered(ref) {
    this.asked.get(ref)?.reject(new Lost());
    this.asked.delete(ref);
    if (this.isOpen) this.ping(PATIENCE);
  }

  /** @param {object} frame */
  send(frame) {
    this.socket?.send(JSON.stringify(frame));
  }

  /** @param {string} data */
  heard(data) {
    const frame = JSON.parse(data);
    if (frame.type === "welcome") return this.welcomed(frame);
    this.listen();
    if (frame.type === "change") this.options.onChange(frame);
    else if (frame.type === "signal") this.options.onSignal(frame);
    else if (frame.type === "reply") this.answered(frame.ref, frame.ok, frame.result ?? {}, frame.error);
    else if (frame.type === "synced") this.answered(frame.ref, true, frame);
    else if (frame.type === "error") this.answered(frame.error.ref, false, null, frame.error);
  }

  /** @param {Welcome} welcome */
  welcomed(welcome) {
    if (welcome.version !== VERSION) return this.finish({ is: "outdated" });
    this.downSince = null;
    this.wait("steady", STEADY, () => (this.failures = 0));
    this.listen();
    this.say({ is: "open" });
    this.options.onWelcome(welcome);
  }

  /** @param {string} ref @param {boolean} ok @param {unknown} result @param {Problem} [problem] */
  answered(ref, ok, result, problem) {
    const question = this.asked.get(ref);
    if (!question) return;
    this.asked.delete(ref);
    this.options.timers.clear(question.timer);
    if (ok) question.resolve(result);
    else question.reject(new Refusal(problem ?? { code: "invalid", detail: "That did not work." }));
  }

  /** Any word is a sign of life: ask again only after the next silence. */
  listen() {
    this.wait("pulse", QUIET, () => this.ping(PATIENCE));
  }

  /** @param {number} patience */
  ping(patience) {
    this.send({ type: "ping" });
    this.wait("pulse", patience, () => this.giveUp());
  }

  /** Nobody answers: behave as if it had closed, for the close itself may take minutes. */
  giveUp() {
    const socket = this.socket;
    if (!socket) return;
    this.closed(1006);
    socket.close();
  }

  /** @param {number} code */
  closed(code) {
    this.socket = null;
    this.stop("pulse");
    this.stop("steady");
    this.downSince ??= this.options.timers.now();
    this.forgetQuestions();
    if (code === CLOSE.signedOut) return this.finish({ is: "signed-out" });
    if (code === CLOSE.notMember) return this.finish({ is: "refused" });
    if (code === CLOSE.flood) this.failures = Math.max(this.failures, 5);
    this.retryLater();
  }

  retryLater() {
    const ms = backOff(this.failures++, this.random());
    this.wait("retry", ms, () => this.start());
    this.say(this.options.isOnline() ? { is: "waiting", until: this.options.timers.now() + ms } : { is: "offline" });
  }

  /** @param {LinkStatus} status */
  finish(status) {
    const socket = this.socket;
    this.socket = null;
    for (const name of /** @type {const} */ (["retry", "pulse", "steady"])) this.stop(name);
    this.forgetQuestions();
    this.say(status);
    socket?.close();
  }

  forgetQuestions() {
    const lost = [...this.asked.values()];
    this.asked.clear();
    for (const { reject, timer } of lost) {
      this.options.timers.clear(timer);
      reject(new Lost());
    }
  }

  /** @param {LinkStatus} status */
  say(status) {
    this.status = status;
    this.options.onStatus(status);
  }

  /** @param {"retry" | "pulse" | "steady"} name @param {number} ms @param {() => void} run */
  wait(name, ms, run) {
    this.stop(name);
    this.timers[name] = this.options.timers.set(run, ms);
  }

  /** @param {"retry" | "pulse" | "steady"} name */
  stop(name) {
    this.options.timers.clear(this.timers[name]);
  }
}
