import assert from "node:assert/strict";
import { test } from "node:test";
import { Reads } from "../../digi/web/static/digi/reads.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { withQuery } from "../../digi/web/static/digi/requests.js";
import { linesOf } from "../../digi/web/static/digi/room/lines.js";
import { pathOf, posIn, roomIn } from "../../digi/web/static/digi/router.js";
import { silenced, unread } from "../../digi/web/static/digi/selectors.js";
import { cleaned, lengthOf, snippet } from "../../digi/web/static/digi/text/plain.js";
import { happened, lastLine, linkWords } from "../../digi/web/static/digi/words.js";
import { Lost } from "../../digi/web/static/digi/errors.js";
import { LOUNGE, bob, clock, entry, fresh, message, settled } from "./cast.js";

test("length counts code points, as the server does", () => {
  assert.equal(lengthOf("a😀é"), 3);
});

test("what is sent has no half characters, no NUL and no empty lines around it", () => {
  assert.equal(cleaned("\n  \n  indented\ud83d\0 \n\n"), "  indented\ufffd");
  assert.equal(cleaned("😀"), "😀");
  assert.equal(cleaned(" \n\t"), "");
});

test("a snippet is one line and cuts no character", () => {
  assert.equal(snippet("a\n  b"), "a b");
  assert.equal(snippet("😀".repeat(10), 3), "😀😀😀…");
});

const shown = (over) => linesOf({ messages: [], pending: [], me: "alice", newFrom: null, ...over });
const kinds = (lines) => lines.map(({ type, isFirst }) => (type === "message" ? (isFirst ? "first" : "more") : type));

test("runs of one author stand together for five minutes and not across days", () => {
  const at = (text) => ({ sent_at: text });
  const messages = [
    message(1, 1, at("2026-11-02T12:00:00.000Z")), message(2, 2, at("2026-11-02T12:04:00.000Z")), message(3, 3, at("2026-11-02T12:10:00.000Z")),
    message(4, 4, { ...at("2026-11-02T12:11:00.000Z"), author: "alice" }), message(5, 5, { ...at("2026-11-02T12:12:00.000Z"), author: "alice", reply_to: "m1" }),
    message(6, 6, { ...at("2026-11-02T12:12:30.000Z"), kind: "system" }), message(7, 7, { ...at("2026-11-02T12:13:00.000Z"), author: "alice" }),
    message(8, 8, { ...at("2026-11-04T12:13:10.000Z"), author: "alice" }),
  ];
  assert.deepEqual(kinds(shown({ messages })), ["day", "first", "more", "first", "first", "first", "system", "first", "day", "first"]);
});

test("the first line stands under the name above it, if that is known", () => {
  const [above, first] = [1, 2].map((pos) => message(pos, pos, { sent_at: `2026-11-02T12:0${pos}:00.000Z` }));
  assert.deepEqual(kinds(shown({ messages: [first] })), ["day", "first"]);
  assert.deepEqual(kinds(shown({ messages: [first], above })), ["day", "more"]);
});

test("what is new begins a run of its own", () => {
  const messages = [message(1, 1, { sent_at: "2026-11-02T12:00:00.000Z" }), message(2, 2, { sent_at: "2026-11-02T12:01:00.000Z" })];
  assert.deepEqual(kinds(shown({ messages, newFrom: 2 })), ["day", "first", "new", "first"]);
});

test("a pending message keeps its key when the server's takes its place", () => {
  const item = { key: "k1", room: LOUNGE, order: 1, at: "2026-11-02T12:00:00.000Z", state: "sending", tries: 1, command: { type: "message.add", room: LOUNGE, body: "hi", key: "k1" } };
  const before = shown({ pending: [item] });
  const after = shown({ messages: [message(1, 2, { author: "alice", key: "k1", body: "hi", sent_at: item.at })] });
  assert.equal(before.at(-1).key, after.at(-1).key);
  assert.equal(shown({ pending: [{ ...item, state: "waiting" }] }).at(-1).message, before.at(-1).message);
});

test("another's key is not mistaken for one's own", () => {
  const lines = shown({ messages: [message(1, 2, { author: "bob", key: "k1" }), message(2, 3, { author: "alice", key: "k1" })] });
  assert.equal(new Set(lines.map(({ key }) => key)).size, lines.length);
});

test("an address and its room", () => {
  assert.equal(roomIn("/r/abc/"), "abc");
  assert.equal(roomIn("/"), null);
  assert.equal(roomIn("/r/a/b/"), null);
  assert.equal(roomIn(pathOf("käse & brot")), "käse & brot");
  assert.equal(roomIn(pathOf("käse & brot", 7)), "käse & brot");
  assert.equal(posIn(pathOf("käse & brot", 7)), 7);
  assert.equal(posIn("/r/abc/"), null);
  assert.equal(withQuery("/people", { q: "a&b", limit: undefined }), "/people?q=a%26b");
});

const state = initial(fresh({ entries: [entry()] }));
const system = (event, author = "bob") => happened(learn(state, [{ person: bob }]), message(1, 2, { kind: "system", author, event }));

test("system lines are sentences about people", () => {
  assert.equal(system({ name: "room.renamed", to: "tea" }), "\u2068Bob\u2069 renamed the room to \u2068tea\u2069");
  assert.equal(system({ name: "member.invited", person: "bob" }, "alice"), "You brought in \u2068Bob\u2069");
  assert.equal(system({ name: "member.role", person: "bob", to: "owner" }, "alice"), "You made \u2068Bob\u2069 an owner");
  assert.equal(system({ name: "room.topic", to: "" }), "\u2068Bob\u2069 removed the topic");
});

test("a list tells who spoke last, and what", () => {
  const room = state.rooms.get(LOUNGE);
  assert.equal(lastLine(state, room, undefined), "No messages yet");
  assert.equal(lastLine(state, room, message(1, 2, { author: "alice", body: "one\ntwo" })), "You: one two");
  assert.equal(lastLine(state, room, message(1, 2, { deleted: true, body: "" })), "\u2068bob\u2069: Message deleted");
});

test("the connection's words are true", () => {
  assert.equal(linkWords({ is: "open" }, 0, 0), "Connected");
  assert.equal(linkWords({ is: "waiting", until: 2400 }, 0, 0), "Reconnecting in 3 s");
  assert.equal(linkWords({ is: "offline" }, 2, 0), "Offline, 2 waiting");
});

test("an archived room, and one with somebody blocked, are for reading", () => {
  const archived = learn(state, [{ room: { ...entry(), rev: 9, archived: true } }]);
  assert.match(silenced(archived, archived.rooms.get(LOUNGE)), /archived/);
  const direct = initial(fresh({ entries: [entry({ kind: "direct", name: null, people: ["alice", "bob"], profiles: [fresh().me, bob] })], blocks: [{ person: "bob", profile: bob, active: true, rev: 1 }] }));
  assert.match(silenced(direct, direct.rooms.get(LOUNGE)), /blocked Bob/);
  assert.equal(silenced(state, state.rooms.get(LOUNGE)), undefined);
});

/** Read marks over a server that is a list. */
function reads(answer = async () => ({})) {
  const timers = clock();
  const held = { state: learn(state, [{ message: message(1, 2) }]), said: [] };
  const made = new Reads({
    ask: (command) => (held.said.push([timers.now(), command.pos]), answer()),
    learn: (facts) => (held.state = learn(held.state, facts)),
    room: (id) => held.state.rooms.get(id),
    timers,
  });
  const comes = (pos) => (held.state = learn(held.state, [{ message: message(pos, pos + 1) }]));
  return { made, held, timers, comes };
}

test("reading is told forward only, once a second, and the newest alone", async () => {
  const { made, held, timers, comes } = reads();
  made.saw(LOUNGE, 1);
  made.saw(LOUNGE, 1);
  for (let pos = 2; pos <= 9; pos++) {
    comes(pos);
    made.saw(LOUNGE, pos);
    await timers.pass(100);
  }
  await timers.pass(5000);
  assert.deepEqual(held.said, [[0, 1], [1000, 9]]);
});

test("what could not be told is told when the connection is back", async () => {
  let isLost = true;
  const { made, held, timers } = reads(async () => {
    if (isLost) throw new Lost();
  });
  made.saw(LOUNGE, 1);
  await settled();
  isLost = false;
  await timers.pass(2000);
  made.flush();
  assert.deepEqual(held.said.map(([, pos]) => pos), [1, 1]);
});

test("what was marked unread by hand stays so until one comes back", () => {
  const { made, held } = reads();
  made.pause(LOUNGE);
  made.saw(LOUNGE, 1);
  assert.deepEqual(held.said, []);
  made.resume(LOUNGE);
  made.saw(LOUNGE, 1);
  assert.equal(held.said.length, 1);
});

test("only what was seen is read, and what was not stays unread", async () => {
  const { made, held, comes } = reads();
  for (let pos = 2; pos <= 5; pos++) comes(pos);
  made.saw(LOUNGE, 3);
  made.saw(LOUNGE, 2);
  assert.equal(unread(held.state.rooms.get(LOUNGE)), 2);
  assert.deepEqual(held.said, [[0, 3]]);
});

test("marks of an earlier page are told again, unless the server is further", async () => {
  const { made, held, timers } = reads();
  made.takeUp({ [LOUNGE]: 1, gone: 7 });
  assert.equal(held.state.rooms.get(LOUNGE).seen, 1);
  made.takeUp({ [LOUNGE]: 0 });
  made.flush();
  await timers.pass(3000);
  assert.deepEqual(held.said, [[0, 1]]);
});
