import assert from "node:assert/strict";
import { test } from "node:test";
import { Arrivals } from "../../digi/web/static/digi/arrivals.js";
import { Cursors } from "../../digi/web/static/digi/cursors.js";
import { Lost, Refusal } from "../../digi/web/static/digi/errors.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { Sync } from "../../digi/web/static/digi/sync.js";
import { LOUNGE, Log, clock, entry, fresh, me, message, random, settled } from "./cast.js";

/** A client with one room over a server that is `log`; `wire` decides what is lost. */
function client(log, over = {}) {
  const timers = clock();
  const held = { state: initial(fresh(over.fresh)), asked: [], refetched: [], fetched: 0 };
  const sync = new Sync(
    {
      ask: async (cursors) => {
        held.asked.push(cursors);
        if (over.isLost?.()) throw new Lost();
        const logs = Object.fromEntries(Object.entries(cursors).flatMap(([name, after]) => (over.page ? over.page(name, after) : name === LOUNGE ? [[name, log.page(after)]] : [])));
        return { ref: "1", logs };
      },
      learn: (facts) => (held.state = learn(held.state, facts)),
      holds: (room) => held.state.rooms.has(room),
      epoch: () => held.state.epoch,
      fetchAll: async (epoch) => (held.fetched++, over.fetchAll?.(epoch) ?? fresh({ epoch })),
      refetch: async (room) => void (held.refetched.push(room), await over.refetch?.(held.refetched.length)),
      timers,
    },
    fresh(over.fresh),
  );
  return { sync, held, timers };
}

const welcome = (heads, epoch = "one") => ({ type: "welcome", version: 1, epoch, me, heads });
const bodies = (held) => held.state.rooms.get(LOUNGE).messages.map(({ body, deleted }) => (deleted ? null : body));

test("changes in order ask for nothing", async () => {
  const log = new Log();
  const { sync, held } = client(log);
  for (let count = 0; count < 5; count++) log.add("bob");
  for (const change of log.told) await sync.change(change);
  assert.equal(held.asked.length, 0);
  assert.equal(sync.cursors.at.get(LOUNGE), log.head);
});

test("a hole is asked for once, from where it begins", async () => {
  const log = new Log();
  const { sync, held } = client(log);
  for (let count = 0; count < 5; count++) log.add("bob");
  await sync.change(log.told[0]);
  await Promise.all([sync.change(log.told[3]), sync.change(log.told[4])]);
  await settled();
  assert.deepEqual(held.asked, [{ [LOUNGE]: 2 }]);
  assert.equal(bodies(held).length, 5);
  assert.equal(sync.cursors.at.get(LOUNGE), log.head);
});

test("a welcome with newer heads asks for those logs alone, page after page", async () => {
  const log = new Log();
  const { sync, held } = client(log);
  for (let count = 0; count < 20; count++) log.add("bob");
  await sync.welcome(welcome({ me: 0, [LOUNGE]: log.head }));
  assert.equal(bodies(held).length, 20);
  assert.equal(held.asked.length, 3);
  assert.ok(held.asked.every((cursors) => !("me" in cursors)));
});

test("a welcome that tells nothing new asks for nothing", async () => {
  const { sync, held } = client(new Log());
  await sync.welcome(welcome({ me: 0, [LOUNGE]: 1 }));
  assert.deepEqual(held.asked, []);
});

test("a connection lost while asking leaves the cursor; the next welcome asks again", async () => {
  const log = new Log();
  let isLost = true;
  const { sync, held } = client(log, { isLost: () => isLost });
  for (let count = 0; count < 3; count++) log.add("bob");
  await sync.welcome(welcome({ [LOUNGE]: log.head }));
  assert.equal(sync.cursors.at.get(LOUNGE), 1);
  isLost = false;
  await sync.welcome(welcome({ [LOUNGE]: log.head }));
  assert.equal(bodies(held).length, 3);
});

test("another epoch forgets everything and fetches it anew", async () => {
  const log = new Log();
  const { sync, held } = client(log, { fetchAll: (epoch) => fresh({ epoch, entries: [entry({ head: 1 })] }) });
  log.add("bob");
  await sync.change(log.told[0]);
  await sync.welcome(welcome({ me: 0, [LOUNGE]: 1 }, "two"));
  assert.equal(held.state.epoch, "two");
  assert.deepEqual(bodies(held), []);
  assert.equal(sync.cursors.at.get(LOUNGE), 1);
});

test("what comes while the new epoch is fetched is asked for afterwards", async () => {
  const log = new Log();
  let go = () => {};
  const fetched = new Promise((resolve) => (go = () => resolve(fresh({ epoch: "two" }))));
  const { sync, held } = client(log, { fetchAll: () => fetched });
  const done = sync.welcome(welcome({ me: 0, [LOUNGE]: 1 }, "two"));
  log.add("bob");
  await sync.change(log.told[0]);
  go();
  await done;
  await settled();
  assert.deepEqual(bodies(held), ["message 1"]);
});

test("a failed fetch of the new epoch is tried again", async () => {
  let tries = 0;
  const { sync, held, timers } = client(new Log(), {
    fetchAll: (epoch) => {
      if (!tries++) throw new Lost();
      return fresh({ epoch });
    },
  });
  await sync.welcome(welcome({}, "two"));
  assert.equal(held.state.epoch, "one");
  await timers.pass(3000);
  assert.equal(held.state.epoch, "two");
});

test("a room that the server does not answer for is gone", async () => {
  const { sync, held } = client(new Log(), { page: () => [] });
  await sync.welcome(welcome({ [LOUNGE]: 9 }));
  assert.equal(held.state.rooms.size, 0);
  assert.equal(sync.cursors.at.has(LOUNGE), false);
});

test("changes heard before their room's entry are asked for once it comes", async () => {
  const log = new Log();
  const { sync, held } = client(log, { fresh: { entries: [] } });
  log.add("bob");
  await sync.change(log.told[0]);
  assert.equal(held.state.rooms.size, 0);
  await sync.change({ type: "change", log: "me", rev: 1, entry: entry({ head: 1 }) });
  await settled();
  assert.deepEqual(bodies(held), ["message 1"]);
});

test("an entry that tells of a head not yet heard waits for it, then asks", async () => {
  const log = new Log();
  const { sync, held, timers } = client(log);
  log.add("bob");
  await sync.change({ type: "change", log: "me", rev: 1, entry: entry({ entry_rev: 2, head: log.head, last_pos: 1 }) });
  assert.equal(held.asked.length, 0);
  await timers.pass(1500);
  assert.deepEqual(bodies(held), ["message 1"]);
});

test("far behind, a room is forgotten and fetched anew", async () => {
  const { sync, held } = client(new Log());
  held.state = learn(held.state, [{ message: message(1, 2) }]);
  await sync.welcome(welcome({ [LOUNGE]: 9000 }));
  assert.deepEqual(held.refetched, [LOUNGE]);
  assert.deepEqual(bodies(held), []);
  assert.equal(sync.cursors.at.get(LOUNGE), 9000);
});

test("a head that the server cannot give yet is asked for again without haste", async () => {
  const log = new Log();
  const { sync, held, timers } = client(log);
  await sync.welcome(welcome({ [LOUNGE]: 5 }));
  assert.equal(held.asked.length, 1);
  await timers.pass(1100);
  assert.equal(held.asked.length, 2);
});

test("leaving drops the cursor, entering again follows anew", async () => {
  const { sync } = client(new Log());
  await sync.change({ type: "change", log: "me", rev: 2, left: { id: LOUNGE, entry_rev: 2 } });
  assert.equal(sync.cursors.at.has(LOUNGE), false);
  await sync.change({ type: "change", log: "me", rev: 1, entry: entry({ entry_rev: 1, head: 5 }) });
  assert.equal(sync.cursors.at.has(LOUNGE), false, "what is older than the leaving follows nothing");
  await sync.change({ type: "change", log: "me", rev: 3, entry: entry({ entry_rev: 3, head: 7 }) });
  assert.equal(sync.cursors.at.get(LOUNGE), 7);
  await sync.change({ type: "change", log: "me", rev: 2, left: { id: LOUNGE, entry_rev: 2 } });
  assert.equal(sync.cursors.at.get(LOUNGE), 7, "and an older leaving takes nothing");
});

test("cursors move over what came early", () => {
  const cursors = new Cursors();
  cursors.follow("a", 3);
  for (const rev of [6, 5, 5, 8]) cursors.hold("a", rev);
  assert.equal(cursors.at.get("a"), 3);
  cursors.hold("a", 4);
  assert.equal(cursors.at.get("a"), 6);
  assert.equal(cursors.missing("a"), 2);
  cursors.reach("a", 7);
  assert.equal(cursors.at.get("a"), 8);
});

test("whatever is lost, doubled, swapped or cut, the client ends equal to the server", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const chance = random(seed);
    const log = new Log();
    const { sync, held, timers } = client(log, { isLost: () => chance() < 0.1 });
    let told = 0;
    for (let round = 0; round < 12; round++) {
      for (let steps = chance.below(12); steps; steps--) log.step(chance);
      const live = log.told.slice(told).filter(() => chance() < 0.8);
      told = log.told.length;
      const frames = chance() < 0.3 ? chance.shuffled([...live, ...live.slice(0, 2)]) : live;
      for (const frame of frames) void sync.change(frame);
      if (chance() < 0.3) void sync.welcome(welcome({ me: 0, [LOUNGE]: log.head }));
      if (chance() < 0.5) await settled();
    }
    await settled();
    for (let tries = 0; tries < 60 && sync.cursors.at.get(LOUNGE) !== log.head; tries++) {
      await sync.welcome(welcome({ me: 0, [LOUNGE]: log.head }));
      await timers.pass(2000);
    }
    const direct = learn(initial(fresh()), log.told.map(({ type, log: _, rev, ...fact }) => fact));
    const [one, other] = [held.state, direct].map((state) => state.rooms.get(LOUNGE));
    assert.deepEqual(one.messages, other.messages, `seed ${seed}`);
    assert.deepEqual([...one.members].sort(), [...other.members].sort(), `seed ${seed}`);
    assert.equal(one.about.rev, other.about.rev);
    assert.equal(sync.cursors.at.get(LOUNGE), log.head, `seed ${seed}`);
  }
});

test("a question that is refused for now is asked again later", async () => {
  const log = new Log();
  let isBusy = true;
  const { sync, held, timers } = client(log, {
    isLost: () => {
      if (isBusy) throw new Refusal({ code: "too_fast", detail: "Wait.", retry_after: 7 });
      return false;
    },
  });
  log.add("bob");
  await sync.welcome(welcome({ [LOUNGE]: log.head }));
  isBusy = false;
  await timers.pass(6000);
  assert.deepEqual(bodies(held), []);
  await timers.pass(2000);
  assert.deepEqual(bodies(held), ["message 1"]);
});

test("a forgotten room that cannot be fetched is fetched later", async () => {
  const { sync, held, timers } = client(new Log(), { refetch: (tries) => (tries < 3 ? Promise.reject(new Lost()) : undefined) });
  await sync.welcome(welcome({ [LOUNGE]: 9000 }));
  await timers.pass(60_000);
  assert.equal(held.refetched.length, 3);
});

test("what comes alone is taken at once, and a storm once for each frame and in order", () => {
  const taken = [];
  const frames = [];
  const arrivals = new Arrivals((items) => taken.push(items), (run) => frames.push(run));
  arrivals.add(1);
  assert.deepEqual(taken, [[1]]);
  for (const item of [2, 3, 4]) arrivals.add(item);
  assert.equal(taken.length, 1);
  frames.shift()();
  assert.deepEqual(taken, [[1], [2, 3, 4]]);
  arrivals.add(5);
  frames.shift()();
  frames.shift()();
  assert.deepEqual(taken, [[1], [2, 3, 4], [5]]);
  assert.equal(frames.length, 0);
  arrivals.add(6);
  assert.deepEqual(taken.at(-1), [6]);
});
