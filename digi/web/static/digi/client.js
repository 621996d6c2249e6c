// @ts-check
// The island's middle: state, connection, sync and outbox put together, and what views may ask for. Touches no page.
import { Connection } from "./connection.js";
import { Lost, Refusal } from "./errors.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";
import { Reads } from "./reads.js";
import { initial, learn } from "./reducer.js";
import { get, post } from "./requests.js";
import { keptByTab, openShelf } from "./storage.js";
import { Sync } from "./sync.js";
import { batch, signal } from "./vendor/signals.js";

const PATIENCE = 8000; // ms without a socket before commands go over HTTP

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
    this.state = signal(initial(boot));
    /** @type {import("./vendor/signals.js").Signal<Pending[]>} */ this.pending = signal([]);
    /** @type {import("./vendor/signals.js").Signal<LinkStatus>} */ this.link = signal({ is: "connecting" });
    this.history = new History({ get, learn: (facts) => this.learn(facts), room: (id) => this.room(id) });
    this.outbox = this.newOutbox();
    this.sync = new Sync(this.syncOptions(), boot);
    this.connection = this.newConnection();
    this.reads = new Reads({
      ask: (command) => this.connection.ask(command), learn: (facts) => this.learn(facts), room: (id) => this.room(id), timers,
    });
    this.takeFirstPage();
  }

  takeFirstPage() {
    const { room, page, members } = this.boot;
    if (room && page) this.history.take(page);
    if (room && members) this.learn([{ members, of: room }]);
    this.reads.takeUp(keptByTab.get(this.seen) ?? {});
    keptByTab.set(this.seen, null);
  }

  /** The page goes: marks that the server has not confirmed are told once more, and kept for the page that may follow. */
  leave() {
    const rooms = [...this.state.peek().rooms];
    const marks = rooms.filter(([, { seen, entry }]) => seen > entry.read_pos).map(([id, { seen }]) => [id, seen]);
    keptByTab.set(this.seen, marks.length ? Object.fromEntries(marks) : null);
    for (const [room, pos] of marks) post({ type: "room.read", room, pos }, { keepalive: true }).catch(() => {});
  }

  start() {
    this.connection.start();
    this.outbox.restore();
  }

  newOutbox() {
    const name = `digi-${this.boot.me.username}`;
    const opening = openShelf(name);
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
      onChange: (change) => void this.sync.change(change),
      onSignal: (signal) => this.heard(signal),
      onStatus: (status) => (this.link.value = status),
      isOnline: () => navigator.onLine,
      timers,
    });
  }

  /** @returns {import("./sync.js").Options} */
  syncOptions() {
    return {
      ask: (cursors) => this.connection.sync(cursors),
      learn: (facts) => this.learn(facts),
      epoch: () => this.state.peek().epoch,
      fetchAll,
      refetch: (id) => this.refetch(id),
      timers,
    };
  }

  /** @param {Welcome} welcome */
  welcomed(welcome) {
    void this.sync.welcome(welcome);
    this.outbox.pump();
    this.reads.flush();
  }

  /** @param {Signal} signal */
  heard({ log, read, person }) {
    if (read) this.learn([{ reads: read, of: log }]);
    if (person) this.learn([{ person }]);
  }

  /** Take in what was learnt; an own message that arrived leaves the outbox in the same breath. @param {Fact[]} facts */
  learn(facts) {
    batch(() => {
      this.state.value = learn(this.state.peek(), facts);
      const me = this.state.peek().me.username;
      this.outbox.arrived(facts.flatMap((fact) => ("message" in fact && fact.message.author === me ? [fact.message] : [])));
    });
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

  /** @param {string} room @param {string} body @param {string} [reply_to] */
  say(room, body, reply_to) {
    return this.outbox.add(room, { type: "message.add", room, body, ...(reply_to && { reply_to }) });
  }

  /** @param {Message} message @param {string} body */
  edit(message, body) {
    return this.outbox.add(message.room, { type: "message.edit", message: message.id, body });
  }

  /** @param {Message} message */
  delete(message) {
    return this.outbox.add(message.room, { type: "message.delete", message: message.id });
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
  return { epoch, me: me.me ?? me, entries: rooms, friends, blocks };
}
