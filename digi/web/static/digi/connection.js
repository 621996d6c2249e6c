// @ts-check
// The one WebSocket of a tab: connects, proves that it lives, comes back. Alone touches WebSocket, and knows no meaning
// of what passes.
import { backOff } from "./backoff.js";
import { Lost } from "./errors.js";
import { Questions } from "./questions.js";

const CLOSE = { signedOut: 4001, notMember: 4003, tooSlow: 4008, flood: 4029 };
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
    this.questions = new Questions({ timers: options.timers, patience: PATIENCE, onSlow: () => this.doubt() });
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
    return this.isOpen ? this.questions.pose((ref) => this.send({ ...frame, ref })) : Promise.reject(new Lost());
  }

  /** One slow answer is no proof of a dead line; the line is tried. */
  doubt() {
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
    else if (frame.type === "reply") this.questions.answer(frame.ref, frame.result ?? {}, frame.error);
    else if (frame.type === "synced") this.questions.answer(frame.ref, frame);
    else if (frame.type === "error") this.questions.answer(frame.error.ref, null, frame.error);
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
    this.questions.lose();
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
    this.questions.lose();
    this.say(status);
    socket?.close();
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
