import assert from "node:assert/strict";
import { test } from "node:test";
import { MESSAGES, baseOf, bootOf, factsOf, roomOf } from "../../digi/web/static/digi/cache.js";
import { Cursors } from "../../digi/web/static/digi/cursors.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { tail, unread } from "../../digi/web/static/digi/selectors.js";
import { Sync } from "../../digi/web/static/digi/sync.js";
import { LOUNGE, Log, clock, entry, fresh, me, member, message, bob, random } from "./cast.js";

const boot = (over = {}) => ({ version: 1, language: "en", urls: {}, name: "Digi", limits: { body: 8000 }, room: LOUNGE, page: null, members: null, drafts: [], ...fresh(), ...over });
const messages = (count, from = 1) => Array.from({ length: count }, (_, at) => ({ message: message(from + at, from + at + 1) }));

/** A state of one room with these facts, and how far its logs are held. */
function held(facts, over = {}) {
  const begun = boot(over);
  const state = learn(initial(begun), facts);
  return { begun, state, cursors: new Map([["me", 7], [LOUNGE, 1 + facts.length]]) };
}

/** As a browser keeps it. */
const kept = (value) => structuredClone(value);

test("a page begins anew with what was kept, as far as it was held", () => {
  const { begun, state, cursors } = held(messages(60));
  const base = kept(baseOf(begun, state, cursors));
  const room = kept(roomOf(state, state.rooms.get(LOUNGE), cursors.get(LOUNGE)));
  assert.equal(room.messages.length, MESSAGES);
  const again = bootOf(base.base, [room], LOUNGE);
  assert.equal(again.me.head, 7);
  assert.equal(again.entries[0].head, 61);
  const begunAgain = learn(initial(again), factsOf([room]));
  assert.deepEqual(tail(begunAgain.rooms.get(LOUNGE)).map(({ pos }) => pos), Array.from({ length: MESSAGES }, (_, at) => at + 11));
  assert.equal(begunAgain.rooms.get(LOUNGE).top, 60);
});

test("a room of which little is held does not replace what was kept of it", () => {
  const { state } = held(messages(1, 100));
  assert.equal(roomOf(state, state.rooms.get(LOUNGE), 101), undefined);
  const { state: small } = held(messages(3));
  assert.equal(roomOf(small, small.rooms.get(LOUNGE), 4).messages.length, 3);
});

test("only the newest run without a hole is kept", () => {
  const { state } = held([...messages(30), ...messages(40, 50)]);
  const room = roomOf(state, state.rooms.get(LOUNGE), 90);
  assert.deepEqual([room.messages[0].pos, room.messages.at(-1).pos, room.messages.length], [50, 89, 40]);
});

test("a room that was kept earlier than the rest is caught up with from there", () => {
  const { begun, state, cursors } = held(messages(5));
  const base = baseOf(begun, state, cursors).base;
  const older = { id: LOUNGE, epoch: "one", rev: 3, messages: [message(1, 2), message(2, 3)], members: null };
  assert.equal(bootOf(base, [older], null).entries[0].head, 3);
  assert.equal(bootOf(base, [{ ...older, epoch: "another" }], null).entries[0].head, 6);
});

test("the newest about a room goes with it, and who is to be seen there", () => {
  const about = { ...entry(), rev: 9, name: "renamed" };
  const { begun, state, cursors } = held([{ room: about }, { person: bob }, ...messages(2)]);
  const { base } = baseOf(begun, state, cursors);
  assert.equal(base.entries[0].name, "renamed");
  assert.equal(base.entries[0].last.pos, 2);
  assert.deepEqual(base.people.map(({ username }) => username), ["bob"]);
  assert.equal("page" in base, false);
});

test("all members are kept, or none", () => {
  const members = [{ members: [member(bob, 2)], of: LOUNGE }];
  const { state } = held([...members, ...messages(2)]);
  assert.equal(roomOf(state, state.rooms.get(LOUNGE), 4).members.length, 1);
  const { state: unsure } = held([{ member: member(bob, 2) }, ...messages(2)]);
  assert.equal(roomOf(unsure, unsure.rooms.get(LOUNGE), 4).members, null);
});

test("what was read and perhaps not told is kept to be told", () => {
  const { begun, state, cursors } = held([...messages(5), { seen: 4, of: LOUNGE }]);
  assert.deepEqual(baseOf(begun, state, cursors).seen, { [LOUNGE]: 4 });
});

test("what one wrote oneself counts as read, then and later", () => {
  const { begun, state, cursors } = held([{ message: message(1, 2, { author: "alice" }) }, { message: message(2, 3, { author: "alice" }) }]);
  const again = initial(bootOf(baseOf(begun, state, cursors).base, [], null)).rooms.get(LOUNGE);
  assert.equal(unread(again), 0);
});

test("going back means asking again, and never going forward", () => {
  const cursors = new Cursors();
  cursors.follow("r", 10);
  cursors.rewind("r", 20);
  assert.equal(cursors.missing("r"), 0);
  cursors.rewind("r", 4);
  assert.equal(cursors.missing("r"), 6);
  cursors.rewind("unknown", 4);
  assert.equal(cursors.at.has("unknown"), false);
});

/** A page over the server `log`, begun with `begun`. */
function page(log, begun) {
  const on = { state: initial(begun) };
  on.sync = new Sync(
    {
      ask: async (cursors) => ({ ref: "1", logs: LOUNGE in cursors ? { [LOUNGE]: log.page(cursors[LOUNGE]) } : {} }),
      learn: (facts) => (on.state = learn(on.state, facts)),
      epoch: () => on.state.epoch,
      fetchAll: async (epoch) => fresh({ epoch }),
      refetch: async () => {},
      timers: clock(),
    },
    begun,
  );
  on.welcome = () => on.sync.welcome({ type: "welcome", version: 1, epoch: "one", me, heads: { [LOUNGE]: log.head } });
  return on;
}

/** What the page shows of the newest messages. */
const shown = (state) => tail(state.rooms.get(LOUNGE)).slice(-MESSAGES).map(({ pos, rev, body, deleted }) => [pos, rev, deleted ? null : body]);

test("whenever it was kept and whatever happened since, a page that begins with it comes to hold what the server does", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const chance = random(seed);
    const log = new Log();
    const first = page(log, boot());
    await first.welcome();
    let keeping = null;
    for (let count = 0; count < 80; count++) {
      log.step(chance);
      if (chance() < 0.6) await first.sync.change(log.told.at(-1));
      if (chance() < 0.1) {
        const room = roomOf(first.state, first.state.rooms.get(LOUNGE), first.sync.cursors.at.get(LOUNGE));
        const rooms = room ? [room] : (keeping?.rooms ?? []);
        keeping = kept({ base: baseOf(boot(), first.state, first.sync.cursors.at).base, rooms });
      }
    }
    if (!keeping) continue;
    const second = page(log, bootOf(keeping.base, keeping.rooms, LOUNGE));
    second.state = learn(second.state, factsOf(keeping.rooms));
    await second.welcome();
    const third = page(log, boot()); // the server wrote its page: newer than what is kept
    third.state = learn(third.state, factsOf(keeping.rooms));
    await third.sync.rewind(keeping.rooms.map(({ id, rev }) => [id, rev]));
    await third.welcome();
    const there = [...log.objects.values()].flatMap(({ message }) => message ?? []).sort((a, b) => a.pos - b.pos);
    const server = there.slice(-MESSAGES).map(({ pos, rev, body, deleted }) => [pos, rev, deleted ? null : body]);
    assert.deepEqual(shown(third.state), server, `seed ${seed}`);
    const run = shown(second.state);
    assert.deepEqual(run, server.slice(-run.length), `seed ${seed}`);
    if (keeping.rooms.length) assert.deepEqual(run.length, server.length, `seed ${seed}`);
  }
});
