// What the server told in a test, replayed through the browser's own reducer and sync: from any snapshot on, with frames
// lost, doubled and out of order, the client must end with what the API shows. Run by tests/chat/test_replay.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { present, unread } from "../../digi/web/static/digi/selectors.js";
import { Sync } from "../../digi/web/static/digi/sync.js";
import { clock, random, settled } from "./cast.js";

const AT_ONCE = 9; // changes in an answer: few, so that many logs need several

const told = JSON.parse(readFileSync(process.argv[2], "utf8"));
const seeds = Number(process.argv[3] ?? 25);
let count = 0;
for (const [index, snapshot] of told.snapshots.entries()) {
  for (let seed = 1; seed <= seeds; seed++, count++) await replay(snapshot, random(seed * 1000 + index), `snapshot ${index}, seed ${seed}`);
}
console.log(`${count} replays of ${told.frames.length} frames end as the server does`);

/** @param {any} snapshot @param {any} chance @param {string} label */
async function replay(snapshot, chance, label) {
  const timers = clock();
  const held = { state: begun(snapshot) };
  const sync = new Sync(optionsOf(held, chance, timers), snapshot.fresh);
  for (const frame of disturbed(told.frames.slice(snapshot.frames), chance)) {
    void sync.change(frame);
    if (chance() < 0.1) await settled();
  }
  await settled();
  for (let tries = 0; tries < 100 && isBehind(sync); tries++) {
    await sync.welcome({ type: "welcome", version: 1, epoch: "one", me: told.end.fresh.me, heads: told.end.heads, limits: {} });
    await timers.pass(2000);
  }
  assert.ok(!isBehind(sync), `${label}: never complete`);
  open(held, snapshot);
  compare(held.state, label);
}

/** As a page begins that was loaded then, with every room opened. @param {any} snapshot */
function begun({ fresh, rooms }) {
  return learn(initial(fresh), Object.values(rooms).flatMap(factsOf));
}

/** Rooms that came, or came back, later are read when they are opened. @param {{state: State}} held @param {any} snapshot */
function open(held, { rooms, frames }) {
  const entered = told.entered.filter(([at]) => at > frames).map(([, id]) => id);
  for (const id of held.state.rooms.keys()) {
    if (!rooms[id] || entered.includes(id)) held.state = learn(held.state, factsOf(told.end.rooms[id]));
  }
}

/** @param {any} room */
function factsOf({ id, messages, members }) {
  return [...messages.map((/** @type {Message} */ message) => ({ message })), { members, of: id }];
}

/** @param {{state: State}} held @param {any} chance @param {any} timers */
function optionsOf(held, chance, timers) {
  return {
    ask: async (/** @type {Record<string, number>} */ cursors) => {
      const logs = Object.entries(cursors).filter(([log]) => told.end.logs[log]);
      return { ref: "1", logs: Object.fromEntries(logs.map(([log, after]) => [log, pageOf(told.end.logs[log], after)])) };
    },
    learn: (/** @type {Fact[]} */ facts) => (held.state = learn(held.state, chance() < 0.3 ? [...facts, ...facts] : facts)),
    holds: (/** @type {string} */ room) => held.state.rooms.has(room),
    epoch: () => "one",
    fetchAll: () => assert.fail("no other epoch"),
    refetch: () => assert.fail("nothing is that far behind"),
    timers,
  };
}

/** @param {{changes: any[], head: number}} log @param {number} after */
function pageOf({ changes, head }, after) {
  const later = changes.filter(({ rev }) => rev > after);
  const part = later.slice(0, AT_ONCE);
  const more = later.length > AT_ONCE;
  return { changes: part, upto: more ? part.at(-1).rev : head, head, more };
}

/** Some lost, some twice, some late. @param {any[]} frames @param {any} chance */
function disturbed(frames, chance) {
  const loss = chance.pick([0, 0.1, 0.6, 1]);
  const heard = frames.filter(() => chance() >= loss).flatMap((frame) => (chance() < 0.1 ? [frame, frame] : [frame]));
  const way = chance.pick(["in order", "shuffled", "late"]);
  if (way === "in order") return heard;
  if (way === "shuffled") return chance.shuffled(heard);
  return [...heard.filter((_, at) => at % 3), ...heard.filter((_, at) => at % 3 === 0)];
}

/** @param {Sync} sync */
function isBehind({ cursors }) {
  const wanted = Object.entries(told.end.heads);
  return cursors.at.size !== wanted.length || wanted.some(([log, head]) => cursors.at.get(log) !== head);
}

/** @param {State} state @param {string} label */
function compare(state, label) {
  const { fresh, rooms } = told.end;
  assert.deepEqual([...state.rooms.keys()].sort(), Object.keys(rooms).sort(), `${label}: rooms`);
  for (const entry of fresh.entries) compareRoom(state, entry, rooms[entry.id], `${label}: ${entry.name}`);
  assert.deepEqual(standing(state.friends), standing(byPerson(fresh.friends)), `${label}: friends`);
  assert.deepEqual(standing(state.blocks), standing(byPerson(fresh.blocks)), `${label}: blocks`);
  const drafts = [...state.drafts.values()].filter(({ body, room }) => body && state.rooms.has(room));
  assert.deepEqual(sorted(drafts), sorted(fresh.drafts), `${label}: drafts`);
  assert.deepEqual(state.me.settings, fresh.me.settings, `${label}: settings`);
}

/** @param {State} state @param {any} entry @param {any} room @param {string} label */
function compareRoom(state, entry, { messages, members }, label) {
  const held = state.rooms.get(entry.id);
  assert.ok(held);
  assert.deepEqual(held.messages, messages, `${label}: messages`);
  assert.equal(held.top, entry.last_pos, `${label}: last`);
  assert.equal(unread(held), entry.unread, `${label}: unread`);
  for (const name of ["entry_rev", "role", "starred", "muted_until"]) {
    assert.deepEqual(held.entry[name], entry[name], `${label}: ${name}`);
  }
  for (const name of ["rev", "name", "topic", "archived"]) assert.deepEqual(held.about[name], entry[name], `${label}: ${name}`);
  const places = (/** @type {any[]} */ list) => list.map(({ person, rev, role }) => `${person} ${rev} ${role}`).sort();
  assert.deepEqual(places(present(held)), places(members), `${label}: members`);
}

/** @param {any[]} list */
function byPerson(list) {
  return new Map(list.map((one) => [one.person, one]));
}

/** How one stands with people, without those one has nothing to do with. @param {ReadonlyMap<string, any>} all */
function standing(all) {
  const kept = [...all].filter(([, { state, active }]) => (state ? state !== "none" : active));
  return kept.map(([name, { state, active, rev }]) => [name, state ?? active, rev]).sort();
}

/** @param {Draft[]} drafts */
function sorted(drafts) {
  return [...drafts].sort((a, b) => (a.room < b.room ? -1 : 1));
}
