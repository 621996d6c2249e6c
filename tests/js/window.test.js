import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../digi/web/static/digi/history.js";
import { runAt } from "../../digi/web/static/digi/places.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { around, begun, caughtUp, drawn, edges, newest, slid, wanting } from "../../digi/web/static/digi/room/window.js";
import { newsOf, utterance } from "../../digi/web/static/digi/room/announcer.js";
import { LOUNGE, bob, charlie, entry, fresh, message, random, settled } from "./cast.js";

const HEIGHT = 800;
const LINE = 40; // px

/** A room of `top` messages, of which these spans are held. */
function room(top, spans = [[1, top]], over = {}) {
  const facts = spans.flatMap(([from, to]) => span(from, to)).map((pos) => ({ message: message(pos, pos) }));
  const state = learn(initial(fresh({ entries: [entry({ last_pos: top, read_pos: top, head: top, ...over })] })), facts);
  return state.rooms.get(LOUNGE);
}

/** @param {number} from @param {number} to */
function span(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What one sees of lines that are all as high, `at` px from the first one drawn. */
function sight({ from, to }, at) {
  const total = (to - from + 1) * LINE;
  return { above: at, height: HEIGHT, below: total - at - HEIGHT, near: 1, posAt: (y) => from + Math.floor(y / LINE) };
}

const poses = ({ messages }) => messages.map(({ pos }) => pos);

test("a run is found around any of its messages, and nowhere else", () => {
  const { messages } = room(30, [[1, 4], [8, 8], [12, 30]]);
  for (const [pos, wanted] of [[1, [0, 4]], [3, [0, 4]], [4, [0, 4]], [8, [4, 5]], [12, [5, 24]], [30, [5, 24]], [6, [4, 4]], [31, [24, 24]]]) {
    assert.deepEqual(runAt(messages, pos), wanted, `pos ${pos}`);
  }
});

test("runs in any list are those that counting finds", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const chance = random(seed);
    const held = span(1, 60).filter(() => chance() < 0.7);
    const messages = held.map((pos) => ({ pos }));
    const pos = chance.pick(held);
    let [first, end] = [held.indexOf(pos), held.indexOf(pos)];
    while (held[first - 1] === held[first] - 1) first--;
    while (held[end] === held[first] + end - first) end++;
    assert.deepEqual(runAt(messages, pos), [first, end], `seed ${seed}`);
  }
});

test("one begins at the newest, where one was, at what is new, or where a link leads", () => {
  assert.equal(begun(room(500), undefined, null).goal, "newest");
  assert.deepEqual(begun(room(500), { pos: 77, offset: -3 }, null).goal, { pos: 77, offset: -3 });
  assert.equal(begun(room(500, [[1, 500]], { read_pos: 490 }), { pos: 77, offset: -3 }, null).goal, "new");
  assert.deepEqual(begun(room(500, [[1, 500]], { read_pos: 490 }), undefined, 12).goal, { pos: 12 });
  assert.deepEqual(begun(room(500), undefined, 9999).goal, { pos: 500 });
});

test("with more unread than the server has painted, one stays at the newest", () => {
  const { span: at, goal } = begun(room(500, [[451, 500]], { read_pos: 100 }), undefined, null);
  assert.equal(goal, "newest");
  assert.equal(at.to, Infinity);
  assert.deepEqual(begun(room(500, [[500, 500]], { read_pos: 100 }), undefined, null).span, around(101));
});

test("the newest is drawn as it comes, and an island of a few messages is not mistaken for it", () => {
  const at = newest(room(100));
  assert.equal(poses(drawn(room(100).messages, at)).at(-1), 100);
  assert.equal(poses(drawn(room(103).messages, at)).at(-1), 103);
  const holed = room(105, [[1, 103], [105, 105]]);
  assert.equal(poses(drawn(holed.messages, at)).at(-1), 103);
  assert.equal(drawn(room(100, [[1, 40]]).messages, at).messages.length, 0);
});

test("after far more came at once than was drawn, only the newest of it is drawn", () => {
  const at = { at: 100, from: 71, to: Infinity };
  assert.equal(caughtUp(at, room(129), 30), at);
  assert.deepEqual(caughtUp(at, room(200), 30), { at: 200, from: 171, to: Infinity });
  assert.deepEqual(poses(drawn(room(200).messages, caughtUp(at, room(200), 30))).slice(0, 1), [171]);
  assert.equal(caughtUp(at, room(200), Infinity), at);
  const reading = { ...at, to: 130 };
  assert.equal(caughtUp(reading, room(200), 30), reading);
  assert.equal(caughtUp(at, room(200, [[1, 150], [190, 200]]), 30), at, "what is missing is fetched first");
});

test("the window grows before an edge comes near and shrinks far behind it", () => {
  const all = { first: 1, last: 1000 };
  const at = { at: 500, from: 480, to: 540 };
  const up = slid(at, all, sight(at, 100), false, 1000);
  assert.ok(up.from < at.from);
  const middle = { at: 500, from: 440, to: 540 };
  assert.equal(slid(middle, all, sight(middle, 1600), false, 1000), middle);
  const down = slid(middle, all, sight(middle, 100 * LINE - HEIGHT), false, 1000);
  assert.ok(down.from > middle.from && down.to > middle.to);
  assert.ok(down.at >= down.from && down.at <= down.to);
});

test("before the first paint it grows only where lines are missing from what one sees", () => {
  const [all, at] = [{ first: 1, last: 1000 }, { at: 500, from: 480, to: 540 }];
  const fresh = { ...sight(at, 100), near: 0 };
  assert.equal(slid(at, all, fresh, false, 1000), at);
  assert.ok(slid(at, all, { ...fresh, near: 1 }, false, 1000).from < at.from);
  assert.ok(slid(at, all, { ...fresh, above: -10 }, false, 1000).from < at.from);
  assert.ok(slid(at, all, { ...fresh, below: -10 }, false, 1000).to > at.to);
});

test("the end of what is drawn is followed only where it is the newest", () => {
  const at = { at: 90, from: 50, to: 100 };
  assert.equal(slid(at, { first: 1, last: 100 }, sight(at, 51 * LINE - HEIGHT), true, 100).to, Infinity);
  assert.equal(slid(at, { first: 1, last: 100 }, sight(at, 51 * LINE - HEIGHT), true, 400).to, 100);
  assert.equal(slid({ ...at, to: Infinity }, { first: 1, last: 100 }, sight(at, 900), false, 100).to, 100);
});

test("however one scrolls, what is drawn is there, bounded, and comes to rest", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const chance = random(seed);
    const all = { first: 1, last: 3000 };
    let at = around(1 + chance.below(3000));
    let top = at.at * LINE; // px from the first message of the room
    for (let steps = 0; steps < 80; steps++) {
      top = Math.max(0, Math.min(3000 * LINE - HEIGHT, top + (chance() - 0.5) * 6 * HEIGHT));
      const bounded = { ...at, from: Math.max(1, at.from), to: Math.min(3000, at.to) };
      top = Math.max((bounded.from - 1) * LINE, Math.min(bounded.to * LINE - HEIGHT, top));
      for (let rounds = 0; ; rounds++) {
        const here = { ...at, from: Math.max(1, at.from), to: Math.min(3000, at.to) };
        const next = slid(at, all, sight(here, top - (here.from - 1) * LINE), false, 3000);
        if (next === at) break;
        at = next;
        assert.ok(rounds < 20, `seed ${seed}: it never rests`);
      }
      assert.ok(at.from <= top / LINE + 1 && at.to >= (top + HEIGHT) / LINE, `seed ${seed}: blank`);
      assert.ok(at.to - at.from < 200, `seed ${seed}: ${at.to - at.from} lines`);
    }
  }
});

test("more is fetched before one comes to the end of what is held", () => {
  const run = { first: 401, last: 600 };
  assert.deepEqual(wanting({ at: 500, from: 480, to: 520 }, run, 1000), { older: false, newer: false });
  assert.deepEqual(wanting({ at: 430, from: 420, to: 460 }, run, 1000), { older: true, newer: false });
  assert.deepEqual(wanting({ at: 590, from: 560, to: 599 }, run, 1000), { older: false, newer: true });
  assert.deepEqual(wanting({ at: 590, from: 560, to: 599 }, run, 600), { older: false, newer: false });
  assert.deepEqual(wanting({ at: 3, from: 1, to: 40 }, { first: 1, last: 600 }, 600), { older: false, newer: false });
});

test("the edges are those of the run in sight", () => {
  const { messages } = room(30, [[1, 4], [12, 30]]);
  assert.deepEqual(edges(messages, 3), { first: 1, last: 4 });
  assert.equal(edges(messages, 7), undefined);
});

// ── what is fetched, and let go ──

/** A history over a server of `top` messages; `slow` answers wait for `go`. */
function history(top, held = [[top, top]]) {
  const asked = [];
  const doors = [];
  const kept = { state: undefined, isSlow: false, isDown: false };
  const begin = initial(fresh({ entries: [entry({ last_pos: top, read_pos: top, head: top })] }));
  kept.state = learn(begin, held.flatMap(([from, to]) => span(from, to)).map((pos) => ({ message: message(pos, pos) })));
  const made = new History({
    get: async (path) => {
      asked.push(path);
      if (kept.isDown) throw new Error("down");
      const query = new URLSearchParams(path.split("?")[1]);
      const answer = { messages: pageOf(top, query), more: true, people: [] };
      if (kept.isSlow) await new Promise((resolve) => doors.push(resolve));
      return answer;
    },
    learn: (facts) => (kept.state = learn(kept.state, facts)),
    room: (id) => kept.state.rooms.get(id),
  });
  return { made, asked, kept, doors, room: () => kept.state.rooms.get(LOUNGE) };
}

/** @param {number} top @param {URLSearchParams} query */
function pageOf(top, query) {
  const limit = Number(query.get("limit"));
  const number = (/** @type {string} */ name) => (query.has(name) ? Number(query.get(name)) : undefined);
  const [before, after, middle] = ["before", "after", "around"].map(number);
  if (query.has("ids")) return query.get("ids").split(",").map((id) => message(Number(id.slice(1)), 1));
  const from = after ? after + 1 : middle ? Math.max(1, middle - limit / 2) : Math.max(1, (before ?? top + 1) - limit);
  return span(from, Math.min(top, from + limit - 1, (before ?? top + 1) - 1)).map((pos) => message(pos, pos));
}

test("opening a room fetches a screenful once, and nothing if it is held", async () => {
  const { made, asked, room } = history(500);
  await made.open(LOUNGE);
  assert.deepEqual(edges(room().messages, 500), { first: 451, last: 500 });
  await made.open(LOUNGE);
  assert.equal(asked.length, 1);
});

test("pages join runs, in both directions", async () => {
  const { made, room } = history(500);
  await made.around(LOUNGE, 200);
  assert.deepEqual(edges(room().messages, 200), { first: 150, last: 249 });
  await made.newer(LOUNGE, 249);
  await made.older(LOUNGE, 150);
  assert.deepEqual(edges(room().messages, 200), { first: 50, last: 349 });
  await made.newer(LOUNGE, 349);
  await made.newer(LOUNGE, 449);
  assert.deepEqual(edges(room().messages, 200), { first: 50, last: 500 });
});

test("one way is asked for once at a time, and the other does not wait", async () => {
  const { made, kept, asked, doors } = history(500, [[200, 300]]);
  kept.isSlow = true;
  made.older(LOUNGE, 200);
  made.older(LOUNGE, 200);
  made.newer(LOUNGE, 300);
  assert.equal(asked.length, 2);
  doors.forEach((go) => go());
  await settled();
  assert.deepEqual(made.standing(LOUNGE), { older: undefined, newer: undefined });
});

test("what failed is told at its end and may be tried again", async () => {
  const { made, kept, room } = history(500, [[200, 300]]);
  kept.isDown = true;
  await made.older(LOUNGE, 200);
  assert.ok(made.standing(LOUNGE).older.failed);
  made.forgive(LOUNGE);
  assert.equal(made.standing(LOUNGE).older, undefined);
  kept.isDown = false;
  await made.older(LOUNGE, 200);
  assert.equal(edges(room().messages, 250).first, 100);
});

test("quoted messages are asked for together and once, and held ones never", async () => {
  const { made, asked, room } = history(500, [[400, 500]]);
  await Promise.all([made.quoted(LOUNGE, ["m3", "m9", "m450"]), made.quoted(LOUNGE, ["m3"])]);
  assert.deepEqual(asked, ["/messages?ids=m3%2Cm9"]);
  assert.equal(room().messages[0].pos, 3);
  assert.equal((await made.find(LOUNGE, "m9")).pos, 9);
  assert.equal(asked.length, 1);
});

test("of a room that nobody looks at the newest stay, and what is asked for", () => {
  const { made, room } = history(5000, [[1, 5000]]);
  made.trim(LOUNGE, [[2000, 2100]]);
  assert.deepEqual(poses(room()), [...span(2000, 2100), ...span(4901, 5000)]);
});

test("nothing is let go while an answer is awaited, which may be older than what was deleted since", async () => {
  const { made, kept, doors, room } = history(500, [[300, 500]]);
  kept.isSlow = true;
  made.older(LOUNGE, 300);
  await settled();
  kept.state = learn(kept.state, [{ message: message(250, 900, { deleted: true, body: "" }) }]);
  made.trim(LOUNGE, []);
  doors[0]();
  await settled();
  assert.equal(room().messages.find(({ pos }) => pos === 250).deleted, true);
  made.trim(LOUNGE, []);
  assert.equal(room().messages.length, 100);
});

// ── what is said aloud ──

const heard = () => learn(initial(fresh()), [{ person: bob }, { person: charlie }]);

test("others' news is announced, one's own and that of the blocked is not", () => {
  const facts = [message(1, 1), message(2, 2, { author: "alice" }), message(3, 3, { author: "charlie" }), message(4, 4, { deleted: true })];
  const state = learn(heard(), [...facts.map((one) => ({ message: one })), { block: { person: "charlie", profile: charlie, active: true, rev: 1 } }]);
  assert.deepEqual(newsOf(state, state.rooms.get(LOUNGE), 0).map(({ pos }) => pos), [1]);
});

test("one message is read out, several are counted", () => {
  assert.equal(utterance(heard(), [message(1, 1, { body: "Good\nmorning" })]), "Bob: Good morning");
  globalThis.document ??= /** @type {any} */ ({ documentElement: { lang: "en" } });
  const many = [message(1, 1), message(2, 2, { author: "charlie" }), message(3, 3)];
  assert.equal(utterance(heard(), many), "3 new messages from Bob and Charlie");
});
