import assert from "node:assert/strict";
import { test } from "node:test";
import { Acks } from "../../digi/web/static/digi/acks.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { hasMine, reacted, withPending } from "../../digi/web/static/digi/room/reactions.js";
import { readersOf, wayOf } from "../../digi/web/static/digi/room/ticks.js";
import { wanted } from "../../digi/web/static/digi/room/tools.js";
import { typingWords } from "../../digi/web/static/digi/room/typing.js";
import { Typing } from "../../digi/web/static/digi/typing.js";
import { LOUNGE, bob, charlie, clock, entry, fresh, message } from "./cast.js";

function typing() {
  const timers = clock();
  const sent = [];
  const line = { isOpen: true };
  const made = new Typing({ send: (frame) => sent.push([timers.now(), frame.room]), isOpen: () => line.isOpen, timers });
  return { made, timers, sent, line, who: (room = "r") => [...(made.people.peek().get(room) ?? [])] };
}

test("that one writes is told every three seconds, each room by itself, and not without a connection", async () => {
  const { made, timers, sent, line } = typing();
  for (let count = 0; count < 7; count++) {
    made.write("r");
    await timers.pass(1000);
  }
  made.write("s");
  line.isOpen = false;
  await timers.pass(9000);
  made.write("r");
  assert.deepEqual(sent, [[0, "r"], [3000, "r"], [6000, "r"], [7000, "s"]]);
});

test("after one sent, the next letter is told at once", () => {
  const { made, sent } = typing();
  made.write("r");
  made.sent("r");
  made.write("r");
  assert.equal(sent.length, 2);
});

test("whoever writes is forgotten after six seconds, unless told again", async () => {
  const { made, timers, who } = typing();
  made.heard("r", "bob");
  await timers.pass(4000);
  made.heard("r", "bob");
  made.heard("r", "charlie");
  await timers.pass(5000);
  assert.deepEqual(who(), ["bob", "charlie"]);
  await timers.pass(1000);
  assert.deepEqual(who(), []);
});

test("whose message came writes no more; an edit says nothing of that", () => {
  const { made, who } = typing();
  made.heard(LOUNGE, "bob");
  made.learnt([{ message: message(1, 2, { edited_at: "2026-11-02T10:00:00.000Z" }) }]);
  assert.deepEqual(who(LOUNGE), ["bob"]);
  made.learnt([{ message: message(2, 3) }]);
  assert.deepEqual(who(LOUNGE), []);
});

test("who writes is said in few words", () => {
  assert.equal(typingWords(["Mira"]), "Mira is typing");
  assert.equal(typingWords(["Mira", "Bob"]), "Mira and Bob are typing");
  assert.equal(typingWords(["Mira", "Bob", "Charlie"]), "Several people are typing");
});

function acks(cursors) {
  const timers = clock();
  const sent = [];
  const made = new Acks({
    send: (frame) => sent.push([timers.now(), frame.cursors]), isOpen: () => true, timers,
    cursors: () => cursors, isDirect: (room) => room.startsWith("d"),
  });
  return { made, timers, sent };
}

test("a new connection tells of all direct rooms, and of no other", async () => {
  const { made, timers, sent } = acks(new Map([["d1", 4], ["d2", 7], ["group", 9], ["me", 3]]));
  made.welcomed();
  await timers.pass(5000);
  assert.deepEqual(sent.map(([, cursors]) => cursors), [{ d1: 4, d2: 7 }]);
});

test("what comes is told at most once a second, and nothing twice", async () => {
  const cursors = new Map([["d1", 1]]);
  const { made, timers, sent } = acks(cursors);
  for (let rev = 2; rev <= 20; rev++) {
    made.learnt([{ message: message(rev, rev, { room: "d1" }) }]);
    cursors.set("d1", rev);
    await timers.pass(100);
  }
  await timers.pass(5000);
  assert.deepEqual(sent.at(-1)[1], { d1: 20 });
  assert.ok(sent.every(([at], index) => !index || at - sent[index - 1][0] >= 1000));
  made.learnt([{ message: message(20, 20, { room: "d1" }) }]);
  await timers.pass(5000);
  assert.equal(sent.filter(([, told]) => told.d1 === 20).length, 1);
  made.again("d1");
  await timers.pass(5000);
  assert.equal(sent.filter(([, told]) => told.d1 === 20).length, 2);
});

test("a message of one's own is sent, then delivered, then read", () => {
  const direct = (over) => ({ about: entry({ kind: "direct", people: ["alice", "bob"] }), reads: new Map(), delivered: new Map(), ...over });
  const own = message(3, 9, { author: "alice" });
  assert.equal(wayOf(own, direct(), "alice"), "sent");
  assert.equal(wayOf(own, direct({ delivered: new Map([["bob", 8]]) }), "alice"), "sent");
  assert.equal(wayOf(own, direct({ delivered: new Map([["bob", 9]]) }), "alice"), "delivered");
  assert.equal(wayOf(own, direct({ reads: new Map([["bob", 3]]) }), "alice"), "read");
  assert.equal(wayOf(own, direct({ reads: new Map([["alice", 3]]) }), "alice"), "sent");
});

test("a message is seen by the others who have read as far", () => {
  const reads = new Map([["alice", 5], ["bob", 5], ["charlie", 2]]);
  assert.deepEqual(readersOf(message(4, 9, { author: "alice" }), { reads }, "alice"), ["bob"]);
});

const thumbs = (...people) => [{ emoji: "👍", people }];
const said = (emoji, on, state = "waiting") => ({ state, command: { type: "message.react", emoji, on } });

test("a reaction of one's own shows before the server has it, and goes with a refusal", () => {
  assert.deepEqual(withPending([], [said("👍", true)], "alice"), thumbs("alice"));
  assert.deepEqual(withPending(thumbs("bob"), [said("👍", true)], "alice"), thumbs("bob", "alice"));
  assert.deepEqual(withPending(thumbs("alice"), [said("👍", false)], "alice"), []);
  assert.deepEqual(withPending(thumbs("bob"), [said("👍", true, "refused")], "alice"), thumbs("bob"));
  assert.deepEqual(withPending([], [said("🎉", true), said("🎉", false)], "alice"), []);
});

test("an emoji is the same with and without the sign that asks for a picture", () => {
  const heart = [{ emoji: "❤️", people: ["bob"] }];
  assert.deepEqual(withPending(heart, [said("❤", true)], "alice"), [{ emoji: "❤️", people: ["bob", "alice"] }]);
  assert.equal(hasMine([{ emoji: "❤️", people: ["alice"] }], "❤", "alice"), true);
});

test("who reacted is said in a sentence", () => {
  const state = learn(initial(fresh()), [{ person: bob }, { person: charlie }]);
  assert.equal(reacted(state, "👍", ["bob"]), "Bob reacted with 👍");
  assert.equal(reacted(state, "👍", ["bob", "alice"]), "You and Bob reacted with 👍");
  assert.equal(reacted(state, "👍", ["bob", "charlie", "dora", "emil", "alice"]), "You, Bob, Charlie, and 2 others reacted with 👍");
});

test("a key does one thing with the message that has the focus", () => {
  const did = [];
  const actions = ["r", "+", "Delete"].map((key) => ({ key, label: "", icon: "", run: () => did.push(key) }));
  const open = () => did.push("open");
  for (const key of ["r", "R", ":", "+", "Delete", "Enter"]) wanted(key, actions, open)?.();
  assert.deepEqual(did, ["r", "r", "+", "+", "Delete", "open"]);
  assert.equal(wanted("q", actions, open), undefined);
});
