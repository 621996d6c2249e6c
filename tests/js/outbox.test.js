import assert from "node:assert/strict";
import { test } from "node:test";
import { Lost, Refusal } from "../../digi/web/static/digi/errors.js";
import { newKey } from "../../digi/web/static/digi/keys.js";
import { Outbox } from "../../digi/web/static/digi/outbox.js";
import { clock, random, settled } from "./cast.js";

/** A shelf that is a list, as a browser keeps it across pages. */
function shelf() {
  const items = new Map();
  return {
    items,
    load: async () => [...items.values()].map((item) => structuredClone(item)),
    put: async (item) => void items.set(item.key, structuredClone(item)),
    remove: async (key) => void items.delete(key),
  };
}

/** An outbox whose server is `deliver`. */
function outbox(deliver, over = {}) {
  const timers = over.timers ?? clock();
  const told = { items: [], results: [] };
  const kept = over.shelf ?? shelf();
  const made = new Outbox({
    deliver, shelf: kept, timers, random: () => 0.5,
    onResult: (result) => told.results.push(result),
    onItems: (items) => (told.items = items),
  });
  return { made, timers, told, kept };
}

const add = (body) => ({ type: "message.add", room: "r", body });
const refused = (code, over = {}) => new Refusal({ code, detail: "No.", ...over });

/** A promise to be settled by hand. */
function later() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

test("a key is made of what the server takes", () => {
  for (let count = 0; count < 100; count++) assert.match(newKey(), /^[0-9a-z-]{8,64}$/);
  assert.equal(new Set(Array.from({ length: 1000 }, newKey)).size, 1000);
});

test("what was answered leaves, and its result is handed on", async () => {
  const { made, told, kept } = outbox(async () => ({ message: "there" }));
  await made.add("r", add("hi"));
  await settled();
  assert.deepEqual(told.items, []);
  assert.deepEqual(told.results, [{ message: "there" }]);
  assert.equal(kept.items.size, 0);
});

test("in one room one goes at a time and in order; rooms do not wait for each other", async () => {
  const asked = [];
  const { made } = outbox((command) => (asked.push({ command, ...later() }), asked.at(-1).promise));
  made.add("r", add("1"));
  made.add("r", add("2"));
  made.add("s", add("3"));
  await settled();
  assert.deepEqual(asked.map(({ command }) => command.body), ["1", "3"]);
  asked[0].resolve({});
  await settled();
  assert.deepEqual(asked.map(({ command }) => command.body), ["1", "3", "2"]);
});

test("what nobody answered is sent again with the same key, before what came after it", async () => {
  const keys = [];
  let isLost = true;
  const { made, timers, told } = outbox(async ({ key, body }) => {
    keys.push([key, body]);
    if (isLost) throw new Lost();
    return {};
  });
  made.add("r", add("1"));
  made.add("r", add("2"));
  await timers.pass(20_000);
  assert.ok(keys.length > 3);
  assert.equal(new Set(keys.map(([key]) => key)).size, 1);
  isLost = false;
  made.pump();
  await timers.pass(1000);
  assert.deepEqual(keys.slice(-2).map(([, body]) => body), ["1", "2"]);
  assert.deepEqual(told.items, []);
});

test("a refused one stays with its reason, and does not hold up the others", async () => {
  const { made, told, kept } = outbox(async ({ body }) => {
    if (body === "bad") throw refused("forbidden");
    return {};
  });
  made.add("r", add("bad"));
  made.add("r", add("good"));
  await settled();
  assert.deepEqual(told.items.map(({ state, problem }) => [state, problem.code]), [["refused", "forbidden"]]);
  assert.equal([...kept.items.values()][0].state, "refused");
});

test("retry sends it again with its key; after a conflict with a new one", async () => {
  const keys = [];
  let answer = () => refused("forbidden");
  const { made, told } = outbox(async ({ key }) => {
    keys.push(key);
    const error = answer();
    if (error) throw error;
    return {};
  });
  made.add("r", add("hi"));
  await settled();
  answer = () => refused("conflict");
  made.retry(told.items[0].key);
  await settled();
  assert.equal(keys[0], keys[1]);
  answer = () => null;
  made.retry(told.items[0].key);
  await settled();
  assert.notEqual(keys[1], keys[2]);
  assert.deepEqual(told.items, []);
});

test("when the server is too busy it waits as long as it was asked to", async () => {
  const at = [];
  const { made, timers } = outbox(async () => {
    at.push(timers.now());
    if (at.length === 1) throw refused("too_fast", { retry_after: 7 });
    return {};
  });
  made.add("r", add("hi"));
  await timers.pass(60_000);
  assert.deepEqual(at, [0, 7000]);
});

test("signed out, it waits and loses nothing", async () => {
  const { made, told, timers } = outbox(async () => {
    throw refused("unauthenticated");
  });
  made.add("r", add("hi"));
  await timers.pass(1000);
  assert.equal(told.items[0].state, "waiting");
});

test("the next page takes up what was left, in order, before what is new", async () => {
  const kept = shelf();
  const first = outbox(async () => Promise.reject(new Lost()), { shelf: kept });
  await first.made.add("r", add("1"));
  await first.made.add("r", add("2"));
  const sent = [];
  const second = outbox(async ({ body, key }) => (sent.push([body, key]), {}), { shelf: kept });
  await second.made.restore();
  await second.made.add("r", add("3"));
  await settled();
  assert.deepEqual(sent.map(([body]) => body), ["1", "2", "3"]);
  assert.deepEqual(sent.slice(0, 2).map(([, key]) => key), first.told.items.map(({ key }) => key));
  assert.equal(kept.items.size, 0);
});

test("what was being sent when the page went is sent again; what was refused is only shown", async () => {
  const kept = shelf();
  const first = outbox(({ body }) => (body === "bad" ? Promise.reject(refused("invalid")) : later().promise), { shelf: kept });
  await first.made.add("r", add("bad"));
  await settled();
  await first.made.add("r", add("slow"));
  const sent = [];
  const second = outbox(async ({ body }) => (sent.push(body), {}), { shelf: kept });
  await second.made.restore();
  await settled();
  assert.deepEqual(sent, ["slow"]);
  assert.deepEqual(second.told.items.map(({ command, state }) => [command.body, state]), [["bad", "refused"]]);
});

test("an own message that arrives takes its copy away, whichever is first", async () => {
  const answer = later();
  const { made, told, kept } = outbox(() => answer.promise);
  await made.add("r", add("hi"));
  made.arrived([{ key: told.items[0].key }]);
  assert.deepEqual(told.items, []);
  answer.resolve({});
  await settled();
  assert.deepEqual(told.items, []);
  assert.equal(kept.items.size, 0);
});

test("a shelf that fails loses nothing while the page lives", async () => {
  const broken = { load: async () => Promise.reject(new Error()), put: async () => Promise.reject(new Error()), remove: async () => Promise.reject(new Error()) };
  const { made, told } = outbox(async () => ({}), { shelf: broken });
  await made.restore();
  await made.add("r", add("hi"));
  await settled();
  assert.equal(told.results.length, 1);
});

test("edits carry no key and keep their place among adds", async () => {
  const sent = [];
  const { made } = outbox(async (command) => (sent.push(command), {}));
  made.add("r", add("1"));
  made.add("r", { type: "message.edit", message: "m1", body: "2" });
  await settled();
  assert.deepEqual(sent.map(({ type, key }) => [type, !!key]), [["message.add", true], ["message.edit", false]]);
});

test("over any line every message arrives once and in order", async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const chance = random(seed);
    const timers = clock();
    const server = [];
    const deliver = async ({ body, key }) => {
      await null;
      if (chance() < 0.3) throw new Lost(); // lost on the way there
      if (!server.some((one) => one.key === key)) server.push({ body, key });
      if (chance() < 0.3) throw new Lost(); // the answer was lost
      return {};
    };
    const kept = shelf();
    let { made } = outbox(deliver, { shelf: kept, timers });
    for (let count = 0; count < 12; count++) {
      await made.add("r", add(String(count)));
      if (chance() < 0.3) await timers.pass(chance.below(3000));
      if (chance() < 0.2) made.pump();
    }
    await timers.pass(600_000);
    assert.deepEqual(server.map(({ body }) => body), Array.from({ length: 12 }, (_, count) => String(count)), `seed ${seed}`);
    assert.equal(kept.items.size, 0);
  }
});

test("what is held goes when its time is over, and shows until then", async () => {
  const sent = [];
  const { made, timers, told } = outbox(async ({ body }) => (sent.push([timers.now(), body]), {}));
  await made.add("r", add("hi"), { hold: 5000 });
  assert.deepEqual(told.items.map(({ state, until }) => [state, until]), [["held", 5000]]);
  await timers.pass(4999);
  assert.deepEqual(sent, []);
  await timers.pass(1);
  assert.deepEqual(sent, [[5000, "hi"]]);
  assert.deepEqual(told.items, []);
});

test("what is held can be taken back, and what is on its way cannot", async () => {
  const answer = later();
  const { made, timers, told, kept } = outbox(() => answer.promise);
  await made.add("r", add("one"), { hold: 5000 });
  assert.equal(made.undo(told.items[0].key)?.command.body, "one");
  await timers.pass(9000);
  assert.deepEqual([told.items.length, kept.items.size], [0, 0]);
  await made.add("r", add("two"));
  await settled();
  assert.equal(made.undo(told.items[0].key), undefined);
  assert.equal(told.items.length, 1);
});

test("messages wait for one that is held before them, and go with it; other commands do not wait", async () => {
  const sent = [];
  const { made, timers, told } = outbox(async ({ type, body }) => (sent.push(body ?? type), {}));
  await made.add("r", add("1"), { hold: 5000 });
  await made.add("r", add("2"), { hold: 9000 });
  await made.add("r", add("3"));
  await made.add("r", { type: "message.react", message: "m1", emoji: "x", on: true });
  await settled();
  assert.deepEqual(sent, ["message.react"]);
  made.release(told.items[1].key);
  await timers.pass(100);
  assert.deepEqual(sent, ["message.react", "1", "2", "3"]);
});

test("a deletion that is held lets messages pass", async () => {
  const sent = [];
  const { made, timers } = outbox(async ({ type }) => (sent.push(type), {}));
  await made.add("r", { type: "message.delete", message: "m1" }, { hold: 5000 });
  await made.add("r", add("hi"));
  await settled();
  assert.deepEqual(sent, ["message.add"]);
  await timers.pass(5000);
  assert.deepEqual(sent, ["message.add", "message.delete"]);
});

test("what was held when the page went is held on by the next one, and goes when it is due", async () => {
  const kept = shelf();
  const timers = clock();
  const first = outbox(async () => ({}), { shelf: kept, timers });
  await first.made.add("r", add("hi"), { hold: 5000 });
  await timers.pass(2000);
  timers.waiting.clear(); // that page is gone
  const sent = [];
  const second = outbox(async ({ body }) => (sent.push([timers.now(), body]), {}), { shelf: kept, timers });
  await second.made.restore();
  assert.equal(second.told.items[0].state, "held");
  await timers.pass(2000);
  assert.deepEqual(sent, []);
  await timers.pass(2000);
  assert.deepEqual(sent, [[5000, "hi"]]);
});

test("what one tab took back the other does not send", async () => {
  const kept = shelf();
  const timers = clock();
  const sent = [];
  const deliver = async ({ body }) => (sent.push(body), {});
  const one = outbox(deliver, { shelf: kept, timers });
  await one.made.add("r", add("hi"), { hold: 5000 });
  const other = outbox(deliver, { shelf: kept, timers });
  await other.made.restore();
  other.made.undo(other.told.items[0].key);
  await timers.pass(20_000);
  assert.deepEqual(sent, []);
  assert.deepEqual([one.told.items, other.told.items], [[], []]);
});

test("a shelf that fails does not keep what is held from going", async () => {
  const broken = { load: async () => Promise.reject(new Error()), put: async () => Promise.reject(new Error()), remove: async () => Promise.reject(new Error()) };
  const { made, told, timers } = outbox(async () => ({}), { shelf: broken });
  await made.add("r", add("hi"), { hold: 1000 });
  await timers.pass(1000);
  assert.equal(told.results.length, 1);
});

test("a forward has a key of its own, and what is known of its message", async () => {
  const { made, told } = outbox(() => later().promise);
  await made.add("r", { type: "message.forward", message: "m1", room: "r" }, { preview: { body: "hi" } });
  assert.match(String(told.items[0].command.key), /^[0-9a-z]{26}$/);
  assert.equal(told.items[0].preview.body, "hi");
});
