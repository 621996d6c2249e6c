import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts, merged } from "../../digi/web/static/digi/drafts.js";
import { Lost } from "../../digi/web/static/digi/errors.js";
import { fenced, lined, quoted, wrapped } from "../../digi/web/static/digi/room/edits.js";
import { asAnother } from "../../digi/web/static/digi/room/pasting.js";
import { commandsFor, minutesOf, slashIn } from "../../digi/web/static/digi/room/slash.js";
import { triggerAt } from "../../digi/web/static/digi/room/triggers.js";
import { clock, entry, settled } from "./cast.js";

/** What a change makes of a text, with what is selected then in brackets. */
function done(text, { from, to, text: put, select: [start, end] }) {
  const made = text.slice(0, from) + put + text.slice(to);
  return `${made.slice(0, start)}[${made.slice(start, end)}]${made.slice(end)}`;
}

test("a mark goes around what is selected, without the spaces at its ends, and off again", () => {
  assert.equal(done("say it loud", wrapped("say it loud", 4, 7, "**")), "say **[it]** loud");
  assert.equal(done("say **it** loud", wrapped("say **it** loud", 6, 8, "**")), "say [it] loud");
  assert.equal(done("", wrapped("", 0, 0, "`")), "`[]`");
  assert.equal(done("**it**", wrapped("**it**", 2, 4, "*")), "***[it]***");
  assert.equal(done("***it***", wrapped("***it***", 3, 5, "*")), "**[it]**");
});

test("a mark of lines goes before each that is touched, and off again", () => {
  assert.equal(done("a\nb\nc", lined("a\nb\nc", 0, 3, "> ")), "[> a\n> b]\nc");
  assert.equal(done("> a\n> b", lined("> a\n> b", 0, 7, "> ")), "[a\nb]");
});

test("what is pasted becomes a quote, or code whatever it holds", () => {
  assert.equal(quoted("one\ntwo\n"), "> one\n> two");
  assert.equal(fenced("a\nb\n"), "```\na\nb\n```");
  assert.equal(fenced("```\nx\n```"), "````\n```\nx\n```\n````");
});

test("each way of pasting can be taken back", () => {
  const text = "see: one\ntwo";
  const code = asAnother(text, { raw: "one\ntwo", from: 5, to: 12, as: "text" }, "code");
  const made = text.slice(0, 5) + code.change.text;
  assert.equal(made, "see: \n```\none\ntwo\n```\n");
  const back = asAnother(made, code.pasted, "text");
  assert.equal(made.slice(0, back.change.from) + back.change.text + made.slice(back.change.to), text);
});

test("a name is completed where one begins, and nowhere else", () => {
  const at = (text, where) => {
    const found = triggerAt(text, text.length, where);
    return found && `${found.sign}${found.query}@${found.from}`;
  };
  assert.equal(at("@"), "@@0");
  assert.equal(at("hi @bo"), "@bo@3");
  assert.equal(at("(@Zoë"), "@Zoë@1");
  assert.equal(at("see #lou"), "#lou@4");
  assert.equal(at("nice :sm"), ":sm@5");
  assert.equal(at("/to", { hasCommands: true }), "/to@0");
  for (const text of ["bob@example", "hi @bo now", "it is 10:30", "nice :s", "a/b", "`x @bo", "```\n@bo", "https://a.b/#c"]) assert.equal(at(text), undefined, text);
  assert.equal(at("/to"), undefined);
  assert.equal(at("/topic it"), undefined);
});

test("commands are those the room takes from oneself", () => {
  const names = (over) => commandsFor({ about: entry(over), entry: entry(over) }).map(({ name }) => name);
  assert.ok(!names({ role: "member" }).includes("topic"));
  assert.ok(names({ role: "moderator" }).includes("topic"));
  assert.deepEqual(names({ kind: "direct" }).filter((name) => ["leave", "invite", "topic"].includes(name)), []);
});

test("a text that only looks like a command is a text", () => {
  const room = { about: entry(), entry: entry({ role: "owner" }) };
  assert.equal(slashIn("/usr/bin/env", room), undefined);
  assert.equal(slashIn("/unheard of", room), undefined);
  assert.equal(slashIn("/topic  Tea and\ncake", room)?.rest, "Tea and\ncake");
});

test("a mute is told in minutes, hours or days, or for good", () => {
  assert.deepEqual(["30m", "30", "8h", "2d", "", "later"].map(minutesOf), [30, 30, 480, 2880, null, null]);
});

const held = (over = {}) => ({ text: "", rev: 0, isTouched: false, saved: [], ...over });
const told = (body, rev, over = {}) => ({ room: "r", body, rev, reply_to: null, saved_at: "2026-11-02T10:00:00.000Z", ...over });

test("a newer draft takes the place of one that was not touched since", () => {
  assert.equal(merged(held({ text: "old", rev: 3 }), told("new", 4)).text, "new");
  assert.equal(merged(held({ text: "old", rev: 3 }), told("", 4)).text, "");
  assert.equal(merged(held({ text: "old", rev: 5 }), told("new", 4)).text, "old");
});

test("what one is typing stays, and what another device wrote meanwhile is kept beside it", () => {
  const mine = held({ text: "mine", rev: 3, isTouched: true });
  assert.deepEqual([merged(mine, told("theirs", 4)).text, merged(mine, told("theirs", 4)).other], ["mine", "theirs"]);
  assert.equal(merged(mine, told("mine and more", 4)).text, "mine and more");
  assert.equal(merged(mine, told("min", 4)).text, "mine");
  assert.equal(merged(mine, told("min", 4)).other, undefined);
});

test("one's own word that comes back changes nothing", () => {
  const mine = held({ text: "x", rev: 3, isTouched: true, saved: ["abc"] });
  assert.deepEqual([merged(mine, told("abc", 4)).text, merged(mine, told("abc", 4)).other], ["x", undefined]);
  const sent = held({ text: "", rev: 3, isTouched: true, saved: ["hello"] });
  assert.equal(merged(sent, told("hello", 4)).text, "");
});

/** Drafts over a server that is a list. */
function drafts(over = {}) {
  const timers = clock();
  const items = over.items ?? new Map();
  const said = [];
  let rev = 10;
  const made = new Drafts({
    me: "alice", timers, most: 100, head: () => 1000, told: () => undefined,
    save: async (command) => {
      said.push(command.body);
      await over.save?.(command);
      return { draft: { ...command, rev: ++rev } };
    },
    shelf: { get: (name) => structuredClone(items.get(name) ?? null), set: (name, value) => void (value ? items.set(name, structuredClone(value)) : items.delete(name)) },
  });
  return { made, timers, said, items };
}

test("a draft is kept at once and told once one pauses", async () => {
  const { made, timers, said, items } = drafts();
  for (const text of ["h", "he", "hel"]) {
    made.write("r", text);
    await timers.pass(500);
  }
  assert.equal([...items.values()][0].text, "hel");
  assert.deepEqual(said, []);
  await timers.pass(1500);
  assert.deepEqual(said, ["hel"]);
  assert.equal(made.of("r").peek().isTouched, false);
});

test("what could not be told is told when the connection is back, and is there after a reload", async () => {
  let isLost = true;
  const save = async () => {
    if (isLost) throw new Lost();
  };
  const { made, timers, said, items } = drafts({ save });
  made.write("r", "hello");
  await timers.pass(60_000);
  assert.equal(drafts({ items }).made.of("r").peek().text, "hello");
  isLost = false;
  made.flush();
  await settled();
  assert.deepEqual(said, ["hello", "hello"]);
  assert.equal(made.of("r").peek().isTouched, false);
});

test("sending empties it here at once, on the shelf once the text is safe elsewhere, and on the server then", async () => {
  const { made, timers, said, items } = drafts();
  made.write("r", "hello");
  await timers.pass(2000);
  let safe = () => {};
  void made.sent("r", new Promise((resolve) => (safe = resolve)));
  assert.equal(made.of("r").peek().text, "");
  assert.equal([...items.values()][0].text, "hello");
  safe();
  await settled();
  assert.equal(items.size, 0);
  assert.deepEqual(said, ["hello", ""]);
});

test("an empty draft that the server never heard of is not told", async () => {
  const { made, said, items } = drafts();
  made.write("r", "x");
  void made.sent("r", Promise.resolve());
  await settled();
  assert.deepEqual(said, []);
  assert.equal(items.size, 0);
});

test("what was typed while an earlier text was told is told after it", async () => {
  let go = () => {};
  const { made, timers, said } = drafts({ save: () => new Promise((resolve) => (go = resolve)) });
  made.write("r", "a");
  await timers.pass(1500);
  made.write("r", "ab");
  await timers.pass(1500);
  assert.deepEqual(said, ["a"]);
  go();
  await timers.pass(1500);
  assert.deepEqual(said, ["a", "ab"]);
});

test("a text that comes back stands before what was typed since", () => {
  const { made } = drafts();
  made.write("r", "after");
  made.restore("r", "before", "m1");
  assert.deepEqual([made.of("r").peek().text, made.of("r").peek().reply_to], ["before\nafter", "m1"]);
});

test("what another device wrote can be added, or left", () => {
  const { made } = drafts();
  made.write("r", "mine");
  made.told(told("theirs", 4));
  made.settle("r", true);
  assert.deepEqual([made.of("r").peek().text, made.of("r").peek().other], ["mine\ntheirs", undefined]);
});
