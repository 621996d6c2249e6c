// @ts-check
// The island's middle: state, connection, sync and outbox put together, and what views may ask for. Touches no page.
import { Arrivals, nextFrame } from "./arrivals.js";
import { Connection } from "./connection.js";
import { Lost, Refusal } from "./errors.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";
import { Watcher } from "./presence.js";
import { Positions } from "./positions.js";
import { Reads } from "./reads.js";
import { initial, learn } from "./reducer.js";
import { get, post } from "./requests.js";
import { keptByTab, openShelf, outboxName } from "./storage.js";
import { Sync } from "./sync.js";
import { Typing } from "./typing.js";
import { batch, signal } from "./vendor/signals.js";

const PATIENCE = 8000; // ms without a socket before commands go over HTTP
const LEFT = 5000; // ms after which what still waits in this browser was left by a tab that is closed
const TAKE_BACK = 5000; // ms in which a deletion can be undone

/** @type {Timers} */
export const timers = {
  now: () => Date.now(),
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(/** @type {number} */ (timer)),
};

export class Client {
  /** @param {Boot} boot */
  constructor(boot) {
    this.boot = boot;
    this.seen = `seen.${boot.me.username}`;
    this.delivered = `delivered.${boot.me.username}`;
    this.state = signal(initial(boot));
    /** @type {import("./vendor/signals.js").Signal<Pending[]>} */ this.pending = signal([]);
    /** @type {import("./vendor/signals.js").Signal<LinkStatus>} */ this.link = signal({ is: "connecting" });
    this.history = new History({ get, learn: (facts) => this.learn(facts), room: (id) => this.room(id) });
    this.outbox = this.newOutbox();
    /** @type {unknown} */ this.adopting = null;
    this.sync = new Sync(this.syncOptions(), boot);
    /** @param {Change[]} changes */
    const take = (changes) => batch(() => changes.forEach((change) => void this.sync.change(change)));
    /** @type {Arrivals<Change>} */ this.arrivals = new Arrivals(take, nextFrame);
    this.settle = () => {};
    /** Resolves once it is known how the line is. @type {Promise<void>} */ this.settled = new Promise((resolve) => (this.settle = resolve));
    this.connection = this.newConnection();
    this.reads = new Reads({
      ask: (command) => this.connection.ask(command), learn: (facts) => this.learn(facts), room: (id) => this.room(id), timers,
    });
    const line = { send: (/** @type {object} */ frame) => this.connection.send(frame), isOpen: () => this.connection.isOpen, timers };
    this.watcher = new Watcher(line);
    this.line = line;
    this.presence = this.watcher.people;
    /** Who else wants to hear what is learnt. @type {Set<(facts: Fact[]) => void>} */ this.listeners = new Set();
    /** Runs once what was missed is there. @type {Set<() => void>} */ this.caughtUp = new Set();
    /** What is pinned, by room, as far as somebody asked. @type {import("./pins.js").Rooms} */ this.pinned = signal(new Map());
    /** @type {Promise<import("./pins.js").Pins> | null} */ this.pins = null;
    this.writers = new Typing(line);
    this.typing = this.writers.people;
    this.listeners.add((facts) => this.writers.learnt(facts));
    /** What only others see of this client. @type {import("./others.js").ForOthers | null} */ this.forOthers = null;
    this.positions = new Positions(boot.me.username, timers);
    this.takeFirstPage();
  }

  takeFirstPage() {
    const { room, page, members, people = [], quoted = [], reads } = this.boot;
    this.learn([...people.map((person) => ({ person })), ...quoted.map((message) => ({ message }))]);
    if (room && page) this.history.take(page);
    if (room && members) this.learn([{ members, of: room }]);
    if (room && reads) this.learn([{ reads, of: room }]);
    this.reads.takeUp(keptByTab.get(this.seen) ?? {});
    keptByTab.set(this.seen, null);
    const delivered = /** @type {Record<string, Record<string, number>>} */ (keptByTab.get(this.delivered) ?? {});
    this.learn(Object.entries(delivered).map(([of, marks]) => ({ delivered: marks, of })));
  }

  /** What this browser kept of an earlier page. @param {{facts: Fact[], seen: Record<string, number>}} recalled */
  takeUp({ facts, seen }) {
    this.learn(facts);
    this.reads.takeUp(seen);
  }

  /** The page goes: marks that the server has not confirmed are told once more, and kept for the page that may follow. */
  leave() {
    this.positions.flush();
    const rooms = [...this.state.peek().rooms];
    const marks = rooms.filter(([, { seen, entry }]) => seen > entry.read_pos).map(([id, { seen }]) => [id, seen]);
    keptByTab.set(this.seen, marks.length ? Object.fromEntries(marks) : null);
    const delivered = rooms.filter(([, { delivered }]) => delivered.size).map(([id, { delivered }]) => [id, Object.fromEntries(delivered)]);
    keptByTab.set(this.delivered, delivered.length ? Object.fromEntries(delivered) : null); // it is told but once
    for (const [room, pos] of marks) post({ type: "room.read", room, pos }, { keepalive: true }).catch(() => {});
  }

  start() {
    this.connection.start();
    import("./others.js").then(({ ForOthers }) => (this.forOthers = new ForOthers(this)), () => {});
    this.outbox.restore();
  }

  newOutbox() {
    const opening = openShelf(outboxName(this.boot.me.username));
    return new Outbox({
      deliver: (command) => this.deliver(command),
      onResult: (result) => this.sync.result(result),
      onItems: (items) => (this.pending.value = items),
      shelf: {
        load: async () => (await opening).load(),
        put: async (item) => (await opening).put(item),
        remove: async (key) => (await opening).remove(key),
      },
      timers,
    });
  }

  newConnection() {
    return new Connection({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`,
      open: (url) => new WebSocket(url),
      onWelcome: (welcome) => this.welcomed(welcome),
      onChange: (change) => this.arrivals.add(change),
      onSignal: (signal) => this.heard(signal),
      onStatus: (status) => this.linked(status),
      isOnline: () => navigator.onLine,
      timers,
    });
  }

  /** @returns {import("./sync.js").Options} */
  syncOptions() {
    return {
      ask: (cursors) => this.connection.sync(cursors),
      learn: (facts) => this.learn(facts),
      holds: (id) => !!this.room(id),
      epoch: () => this.state.peek().epoch,
      fetchAll,
      refetch: (id) => this.refetch(id),
      timers,
    };
  }

  /** Ask what is pinned in a room, once; rejects with Refusal or Lost. @param {string} id */
  async openPins(id) {
    this.pins ??= import("./pins.js").then(({ Pins }) => {
      const pins = new Pins({ get, learn: (facts) => this.learn(facts), rooms: this.pinned });
      this.listeners.add((facts) => pins.heard(facts));
      return pins;
    });
    const pins = await this.pins.catch(() => ((this.pins = null), Promise.reject(new Lost())));
    await pins.open(id);
  }

  /** @param {Welcome} welcome */
  welcomed(welcome) {
    this.arrivals.flush(); // what came over the former connection is of the former state of the server
    void Promise.resolve(this.sync.welcome(welcome)).then(() => this.caughtUp.forEach((run) => run()));
    this.outbox.pump();
    timers.clear(this.adopting);
    this.adopting = timers.set(() => this.outbox.restore(), LEFT); // tabs that live have sent theirs by then
    this.reads.flush();
    this.watcher.welcomed();
    this.forOthers?.welcomed();
  }

  /** @param {LinkStatus} status */
  linked(status) {
    this.link.value = status;
    if (status.is !== "connecting") this.settle();
    if (status.is !== "open") this.watcher.lost();
  }

  /** @param {Signal} signal */
  heard({ log, read, delivered, typing, presence, person }) {
    if (read) this.learn([{ reads: read, of: log }]);
    if (delivered) this.learn([{ delivered, of: log }]);
    if (typing && typing !== this.state.peek().me.username) this.writers.heard(log, typing);
    if (presence) this.present(presence);
    if (person) this.learn([{ person }]);
  }

  /** Whoever has just come knows nothing of how far this client holds their room. @param {Record<string, Presence>} presence */
  present(presence) {
    const before = this.presence.peek();
    for (const [id, { about }] of this.state.peek().rooms) {
      const hasCome = about.kind === "direct" && about.people?.some((name) => presence[name] && before.get(name)?.state === "offline");
      if (hasCome) this.forOthers?.acks.again(id);
    }
    this.watcher.heard(presence);
  }

  /** Take in what was learnt; an own message that arrived leaves the outbox in the same breath. @param {Fact[]} facts */
  learn(facts) {
    batch(() => {
      this.state.value = learn(this.state.peek(), facts);
      const me = this.state.peek().me.username;
      this.outbox.arrived(facts.flatMap((fact) => ("message" in fact && fact.message.author === me ? [fact.message] : [])));
    });
    for (const listen of this.listeners) listen(facts);
  }

  /** @param {string} id */
  room(id) {
    return this.state.peek().rooms.get(id);
  }

  /** A room's state anew: it fell too far behind. @param {string} id */
  async refetch(id) {
    const { room } = await get(`/rooms/${id}`);
    this.sync.result({ room });
    await this.history.refresh(id);
  }

  /** @param {Command} command @returns {Promise<Result>} */
  async deliver(command) {
    if (this.connection.isOpen) return this.connection.ask(command);
    if (this.connection.downFor < PATIENCE || this.link.peek().is === "signed-out") throw new Lost();
    try {
      return await post(command);
    } catch (error) {
      // "Forbidden" may be the door's word here, not the room's; the socket will tell.
      throw error instanceof Refusal && error.problem.code === "forbidden" ? new Lost() : error;
    }
  }

  /** Ask for a command now, and take in what it made; rejects with Refusal or Lost. @param {Command} command */
  async ask(command) {
    const result = await (this.connection.isOpen ? this.connection.ask(command) : post(command));
    this.sync.result(result);
    return result;
  }

  /** @param {string} room @param {string} body @param {string} [reply_to] @param {number} [hold] ms */
  say(room, body, reply_to, hold) {
    this.writers.sent(room);
    return this.outbox.add(room, { type: "message.add", room, body, ...(reply_to && { reply_to }) }, { hold });
  }

  /** Pass a message on. @param {Message} message @param {string} room */
  forward({ id, body, author, forwarded_from = author }, room) {
    return this.outbox.add(room, { type: "message.forward", message: id, room }, { preview: { body, forwarded_from } });
  }

  /** The last word counts: what was said before of the same emoji, and did not leave yet, is forgotten. @param {Message} message @param {string} emoji @param {boolean} on */
  react({ id, room }, emoji, on) {
    for (const { key, state, command } of this.outbox.items) {
      const isOlder = command.type === "message.react" && command.message === id && command.emoji === emoji;
      if (isOlder && state !== "sending") this.outbox.remove(key);
    }
    return this.outbox.add(room, { type: "message.react", message: id, emoji, on });
  }

  /** @param {Message} message @param {boolean} pinned */
  pin({ id, room }, pinned) {
    return this.outbox.add(room, { type: "message.pin", message: id, pinned });
  }

  /** @param {Message} message @param {string} body */
  edit(message, body) {
    return this.outbox.add(message.room, { type: "message.edit", message: message.id, body });
  }

  /** @param {Message} message */
  delete(message) {
    return this.outbox.add(message.room, { type: "message.delete", message: message.id }, { hold: TAKE_BACK });
  }

  /** @param {Message} message */
  async markUnread({ room, pos }) {
    this.reads.pause(room);
    this.learn([{ unseen: pos, of: room }]); // the server may not have heard that it was seen, and then has nothing to move back
    await this.ask({ type: "room.unread", room, pos });
  }
}

/** @param {string} epoch @returns {Promise<Fresh>} */
async function fetchAll(epoch) {
  const me = await get("/me"); // first: its head is how far we hold, whatever comes between
  const { rooms } = await get("/rooms");
  const { friends, blocks } = await get("/friends");
  const { drafts } = await get("/drafts");
  return { epoch, me: me.me ?? me, entries: rooms, friends, blocks, drafts };
}
