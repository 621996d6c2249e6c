// @ts-check
// Keeps the last conversations in this browser while nothing else is to be done, and takes up what an earlier page
// kept: as it stood then, with everything since asked for. Not for the first paint.
import { Cache, ROOMS, baseOf, factsOf, roomOf } from "./cache.js";
import { forgetOthers } from "./forgetting.js";
import { inbox } from "./selectors.js";
import { effect } from "./vendor/signals.js";

const REST = 5000; // ms between two savings
const SOON = 1500; // ms after which what is new is saved
const PACE = 1000; // ms between two rooms that are fetched to be kept

/**
 * @param {import("./context.js").Digi} digi
 * @param {boolean} isRecalled whether the page itself began from what is kept
 * @param {boolean} isFirst whether the page before was not this person's
 */
export async function keep({ client }, isRecalled, isFirst) {
  const { username } = client.state.peek().me;
  if (isFirst) await forgetOthers(username);
  const cache = new Cache(username);
  if (!isRecalled) await takeUp(client, cache).catch(() => {});
  const saver = new Saver(client, cache);
  client.listeners.add((facts) => facts.some((fact) => "reset" in fact) && saver.forget());
  effect(() => void (client.state.value && saver.soon()));
  effect(() => void (client.link.value.is === "signed-out" && saver.end()));
  addEventListener("pagehide", () => saver.save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saver.save());
  await fetchMissing(client);
}

/** @param {import("./client.js").Client} client @param {Cache} cache */
async function takeUp(client, cache) {
  const { epoch, rooms: held } = client.state.peek();
  const rooms = (await cache.rooms()).filter((room) => room.epoch === epoch && held.has(room.id));
  if (!rooms.length) return;
  client.learn(factsOf(rooms));
  await client.sync.rewind(rooms.map(({ id, rev }) => [id, rev]));
}

/** The rooms that one may want to read without network, of which nothing is held yet. @param {import("./client.js").Client} client */
async function fetchMissing(client) {
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  if (connection?.saveData) return;
  for (const { about } of inbox(client.state.peek()).slice(0, ROOMS)) {
    await new Promise((resolve) => setTimeout(resolve, PACE));
    if (client.connection.isOpen && document.visibilityState === "visible") await client.history.open(about.id);
  }
}

class Saver {
  /** @param {import("./client.js").Client} client @param {Cache} cache */
  constructor(client, cache) {
    this.client = client;
    this.cache = cache;
    /** What lies there as it is: known by itself, and not held on to. @type {WeakSet<State | RoomState>} */ this.saved = new WeakSet();
    this.savedAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.timer = undefined;
    this.isOver = false;
  }

  soon() {
    if (this.timer !== undefined) return;
    const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => run());
    this.timer = setTimeout(() => idle(() => this.save()), Math.max(SOON, this.savedAt + REST - Date.now()));
  }

  save() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { boot, sync } = this.client;
    const state = this.client.state.peek();
    if (this.isOver || this.saved.has(state) || sync.isResetting) return;
    const before = this.saved;
    const newest = inbox(state).slice(0, ROOMS);
    this.saved = new WeakSet([state, ...newest]);
    this.savedAt = Date.now();
    const cursors = sync.cursors.at;
    const changed = newest.filter((room) => !before.has(room));
    const rooms = changed.flatMap((room) => roomOf(state, room, cursors.get(room.about.id)) ?? []);
    const names = new Set(newest.map(({ about }) => about.id));
    this.cache.save(baseOf(boot, state, cursors), rooms, names).catch(() => {}); // a full disk costs the next start without network
  }

  /** Of a state of the server that is no more. */
  forget() {
    this.saved = new WeakSet();
    this.cache.clear().catch(() => {});
  }

  /** Signed out elsewhere, or for long: conversations do not stay behind. What was not sent does. */
  end() {
    this.isOver = true;
    this.cache.clear().catch(() => {});
  }
}
