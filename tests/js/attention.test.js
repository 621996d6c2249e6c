// What is worth telling somebody who does not look, and how much waits for them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LOUNGE, STATIC, bob, entry, fresh, me, message } from "./cast.js";

const { initial, learn } = await import(`${STATIC}/reducer.js`);
const { DEFAULTS } = await import(`${STATIC}/settings.js`);
const { news, worthTelling } = await import(`${STATIC}/attention/news.js`);
const { addressed, brief } = await import(`${STATIC}/attention/badges.js`);
const { claim } = await import(`${STATIC}/attention/claims.js`);
const { bars, step } = await import(`${STATIC}/look.js`);

const NOON = Date.parse("2026-11-20T12:00:00Z");
const DIRECT = "direct".padEnd(32, "x");
const direct = (over = {}) => entry({ id: DIRECT, kind: "direct", name: null, people: ["alice", "bob"], profiles: [bob], ...over });
const start = (entries = [entry(), direct()]) => initial(fresh({ me, entries, drafts: [] }));

/** What is told of these facts, as bodies. @param {any[]} facts @param {object} [settings] @param {any} [before] */
function told(facts, settings = {}, before = start()) {
  const after = learn(before, facts);
  const chosen = { ...DEFAULTS, ...settings };
  return news(before, after).flatMap((one) => worthTelling(after, chosen, one, NOON)?.body ?? []);
}

const plain = { message: message(1, 2, { body: "plain" }) };
const naming = { message: message(1, 2, { body: "naming", mentions: ["alice"] }) };
const calling = { message: message(1, 2, { body: "calling", mentions: ["everyone"] }) };
const private_ = { message: message(1, 2, { room: DIRECT, body: "private" }) };

test("what is addressed to one is told, and nothing else unless one asks for all of it", () => {
  for (const [facts, mentions, all] of [
    [[plain], [], ["plain"]],
    [[naming], ["naming"], ["naming"]],
    [[calling], ["calling"], ["calling"]],
    [[private_], ["private"], ["private"]],
    [[plain, private_], ["private"], ["plain", "private"]],
  ]) {
    assert.deepEqual(told(facts), mentions);
    assert.deepEqual(told(facts, { notify: "all" }), all);
    assert.deepEqual(told(facts, { notify: "none" }), []);
  }
});

test("of several in one room the newest is told, once", () => {
  const more = [1, 2, 3].map((pos) => ({ message: message(pos, pos + 1, { room: DIRECT, body: `number ${pos}` }) }));
  assert.deepEqual(told(more), ["number 3"]);
});

test("nothing is told of one's own, of what is gone, of what is read, or of what happened", () => {
  const over = (/** @type {object} */ changed) => [{ message: message(1, 2, { room: DIRECT, ...changed }) }];
  assert.deepEqual(told(over({ author: "alice" })), []);
  assert.deepEqual(told(over({ deleted: true, body: "" })), []);
  assert.deepEqual(told(over({ kind: "system", body: "", event: { name: "member.left" } })), []);
  assert.deepEqual(told([...over({}), { seen: 1, of: DIRECT }]), []);
});

test("a muted room, somebody blocked and quiet hours are left in peace", () => {
  const muted = start([entry(), direct({ muted_until: "9999-12-31T00:00:00Z" })]);
  assert.deepEqual(told([private_], { notify: "all" }, muted), []);
  const over = start([entry(), direct({ muted_until: "2026-11-20T11:59:59Z" })]);
  assert.deepEqual(told([private_], {}, over), ["private"]);
  assert.deepEqual(told([{ block: { person: "bob", profile: bob, active: true, rev: 1 } }, naming]), []);
  assert.deepEqual(told([private_], { quiet_from: "11:00", quiet_to: "13:00", zone: "UTC" }), []);
});

test("older pages, edits and a server restored from its backup are no news", () => {
  const read = start([entry({ last_pos: 9, read_pos: 9 }), direct()]);
  const older = message(3, 4, { mentions: ["alice"] });
  assert.deepEqual(told([{ message: older }], { notify: "all" }, read), []);
  const held = learn(start(), [naming]);
  assert.deepEqual(told([{ message: { ...naming.message, rev: 9, body: "edited" } }], {}, held), []);
  assert.deepEqual(news(start(), { ...learn(start(), [naming]), epoch: "two" }), []);
});

test("a room that is new to one tells with what is unread in it", () => {
  const before = start([entry()]);
  const last = message(1, 2, { room: DIRECT, body: "hello there" });
  assert.deepEqual(told([{ entry: direct({ last_pos: 1, unread: 1, last }) }], {}, before), ["hello there"]);
});

test("what waits for one is mentions, and what was written to nobody else", () => {
  const state = start([entry({ last_pos: 7, unread: 7, mentions: 2 }), direct({ last_pos: 3, unread: 3 })]);
  assert.equal(addressed(state, NOON), 5);
  const muted = start([direct({ last_pos: 3, unread: 3, mentions: 1, muted_until: "9999-12-31T00:00:00Z" })]);
  assert.equal(addressed(muted, NOON), 1);
  assert.deepEqual([1, 99, 100].map(brief), ["1", "99", "99+"]);
});

test("of several tabs the first to claim a message tells it", async () => {
  const shelf = new Map();
  const storage = { getItem: (/** @type {string} */ name) => shelf.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => shelf.set(name, value) };
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true }); // without locks, as on plain http
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  const both = await Promise.all([claim("one", LOUNGE, 4), claim("one", LOUNGE, 4)]);
  assert.deepEqual(both, [true, false]);
  assert.deepEqual([await claim("one", LOUNGE, 3), await claim("one", LOUNGE, 5), await claim("one", DIRECT, 1)], [false, true, true]);
  assert.equal(await claim("two", LOUNGE, 1), true, "positions begin anew with an epoch");
});

test("the page wears the nearest size there is a step for, and its theme's bars", () => {
  assert.deepEqual([80, 84, 85, 100, 104, 155, 160].map(step), [80, 80, 90, 100, 100, 160, 160]);
  assert.deepEqual(bars("dark")[0], bars("dark")[1]);
  assert.notEqual(bars("system")[0], bars("system")[1]);
});
