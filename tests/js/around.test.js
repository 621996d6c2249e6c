import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzy } from "../../digi/web/static/digi/dialogs/fuzzy.js";
import { KEYS, keysOf, words } from "../../digi/web/static/digi/dialogs/keymap.js";
import { byRoom } from "../../digi/web/static/digi/dialogs/mentions.js";
import { presenceWords } from "../../digi/web/static/digi/faces.js";
import { folded, holds } from "../../digi/web/static/digi/folding.js";
import { Pins } from "../../digi/web/static/digi/pins.js";
import { Watcher } from "../../digi/web/static/digi/presence.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { allMentions, allUnread, mentions } from "../../digi/web/static/digi/selectors.js";
import { SHORTCUTS, combinationOf, shortcutOf } from "../../digi/web/static/digi/shortcuts.js";
import { minutesToMorning } from "../../digi/web/static/digi/sidebar/choices.js";
import { sections } from "../../digi/web/static/digi/sidebar/sections.js";
import { LOUNGE, bob, clock, entry, fresh, message, random } from "./cast.js";

const NOW = Date.parse("2026-11-03T12:00:00.000Z");
const NONE = { id: null, isUnread: false };

test("letters are compared without case, accents and ligatures, in any script", () => {
  assert.equal(folded("Mira Kovač"), "mira kovac");
  assert.equal(folded("Straße, Łódź, Ærø"), "strasse, lodz, aero");
  assert.equal(folded("Ｄｉｇｉ"), "digi");
  assert.ok(holds("kovac mi", ["Mira Kovač"]));
  assert.ok(holds("山", ["山田 徹", "toru"]));
  assert.ok(!holds("bob", ["Mira Kovač"]));
});

test("what begins a word, stands together and is short answers best", () => {
  const score = (query, text) => fuzzy(query, text)?.score ?? -Infinity;
  assert.ok(score("ch", "chess club") > score("ch", "kitchen"));
  assert.ok(score("bo", "Bob") > score("bo", "Bob Okafor"));
  assert.ok(score("tb", "thursday-blitz") > 0);
  assert.ok(score("bo ok", "Bob Okafor") > 0);
  assert.ok(score("kovac", "Mira Kovač") > 0);
  assert.equal(fuzzy("xyz", "lounge"), null);
  assert.equal(fuzzy("oge", "lounge"), null);
});

test("the letters that were found are marked where they stand in the text itself", () => {
  assert.deepEqual(fuzzy("kovac", "Mira Kovač").marks, [[5, 10]]);
  assert.deepEqual(fuzzy("strasse", "Straße").marks, [[0, 6]]);
  assert.deepEqual(fuzzy("mk", "Mira Kovač").marks, [[0, 1], [5, 6]]);
});

test("a part of a text is found in it, at the place of one of its occurrences", () => {
  const chance = random(7);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 3 + chance.below(12) }, () => chance.pick([..."abč ß-Ö山"])).join("").trim();
    const from = chance.below(Math.max(1, text.length - 2));
    const part = text.slice(from, from + 3);
    if (part.trim().split(/\s+/).length !== 1 || part.trim().length < 3) continue;
    const match = fuzzy(part, text);
    assert.ok(match, `${part} in ${text}`);
    for (const [begin, end] of match.marks) assert.ok(begin >= 0 && begin < end && end <= text.length);
  }
});

const room = (id, over = {}) => entry({ id: id.padEnd(32, "x"), name: id, created_at: `2026-11-01T10:00:0${over.order ?? 0}.000Z`, ...over });
const direct = (over = {}) => room("direct", { kind: "direct", name: null, people: ["alice", "bob"], profiles: [fresh().me, bob], ...over });
const headings = (state, held = NONE, filter = "") =>
  sections(state, held, filter, NOW).map(({ heading, rooms }) => [heading, ...rooms.map(({ about }) => about.name ?? "bob")]);

test("the list has what is starred, then what is unread, then rooms, then people", () => {
  const state = initial(fresh({ entries: [room("one"), room("two", { starred: true }), room("three", { last_pos: 2 }), direct()] }));
  assert.deepEqual(headings(state), [["starred", "two"], ["unread", "three"], ["rooms", "one"], ["people", "bob"]]);
});

test("a muted room is unread only where it addresses one", () => {
  const muted_until = "2026-11-03T13:00:00.000Z";
  const quiet = room("quiet", { last_pos: 2, muted_until });
  assert.deepEqual(headings(initial(fresh({ entries: [quiet] }))), [["rooms", "quiet"]]);
  assert.deepEqual(headings(initial(fresh({ entries: [{ ...quiet, mentions: 1 }] }))), [["unread", "quiet"]]);
  assert.deepEqual(headings(initial(fresh({ entries: [{ ...quiet, muted_until: "2026-11-03T11:00:00.000Z" }] }))), [["unread", "quiet"]]);
});

test("the open room stays where it was when it was opened", () => {
  const state = initial(fresh({ entries: [entry({ last_pos: 3 }), room("other")] }));
  assert.deepEqual(headings(state, { id: LOUNGE, isUnread: true })[0], ["unread", "lounge"]);
  const read = learn(state, [{ seen: 3, of: LOUNGE }]);
  assert.deepEqual(headings(read, { id: LOUNGE, isUnread: true })[0], ["unread", "lounge"]);
  assert.deepEqual(headings(read), [["rooms", "lounge", "other"]]);
});

test("archived rooms come last, and a filter leaves what holds it", () => {
  const state = initial(fresh({ entries: [room("old", { archived: true, order: 9 }), room("café"), direct()] }));
  assert.deepEqual(headings(state), [["rooms", "café", "old"], ["people", "bob"]]);
  assert.deepEqual(headings(state, NONE, "cafe"), [["rooms", "café"]]);
  assert.deepEqual(headings(state, NONE, "BOB"), [["people", "bob"]]);
});

const calling = (pos, over = {}) => ({ message: message(pos, pos + 1, { mentions: ["alice"], ...over }) });

test("mentions are those the server counted, and those that came since, until they are read", () => {
  let state = initial(fresh({ entries: [entry({ last_pos: 4, read_pos: 1, unread: 3, mentions: 2 })] }));
  const count = () => mentions(state, state.rooms.get(LOUNGE));
  assert.equal(count(), 2);
  state = learn(state, [calling(5), calling(6, { mentions: ["everyone"] }), calling(7, { mentions: ["bob"] }), calling(8, { author: "alice" })]);
  assert.equal(allMentions(state), 0); // one answered, so all was read
  state = initial(fresh({ entries: [entry({ last_pos: 4, read_pos: 1, unread: 3, mentions: 2 })] }));
  state = learn(state, [calling(5), calling(6, { mentions: ["everyone"] }), calling(7, { mentions: ["bob"] }), calling(8, { deleted: true, body: "" })]);
  assert.equal(count(), 4);
  state = learn(state, [{ seen: 5, of: LOUNGE }]);
  assert.equal(count(), 1);
  state = learn(state, [{ seen: 8, of: LOUNGE }]);
  assert.equal(count(), 0);
});

test("what is muted counts nowhere but where it addresses one", () => {
  const muted_until = "2026-11-03T13:00:00.000Z";
  const state = initial(fresh({ entries: [entry({ last_pos: 5 }), room("quiet", { last_pos: 7, mentions: 1, muted_until })] }));
  assert.equal(allUnread(state, NOW), 6);
  assert.equal(allUnread(state, Date.parse("2026-11-03T14:00:00.000Z")), 12);
});

/** Presence over a line that is a list. */
function watching() {
  const timers = clock();
  const held = { isOpen: true, sent: [] };
  const made = new Watcher({ send: (frame) => held.sent.push(frame.people.join()), isOpen: () => held.isOpen, timers });
  return { made, held, timers };
}

test("who is on the screen is told once it settles, once, and anew to each connection", async () => {
  const { made, held, timers } = watching();
  made.watch("list", ["bob"]);
  made.watch("details", ["charlie", "bob"]);
  await timers.pass(1000);
  made.watch("details", ["bob", "charlie"]);
  await timers.pass(1000);
  assert.deepEqual(held.sent, ["bob,charlie"]);
  made.welcomed();
  assert.deepEqual(held.sent, ["bob,charlie", "bob,charlie"]);
});

test("who goes off the screen is forgotten, and without a connection everybody", async () => {
  const { made, held, timers } = watching();
  made.watch("list", ["bob", "charlie"]);
  await timers.pass(1000);
  made.heard({ bob: { state: "online" }, charlie: { state: "away" } });
  made.watch("list", ["bob"]);
  await timers.pass(1000);
  assert.deepEqual([...made.people.value.keys()], ["bob"]);
  made.lost();
  assert.equal(made.people.value.size, 0);
  held.isOpen = false;
  made.watch("list", ["charlie"]);
  await timers.pass(1000);
  assert.deepEqual(held.sent, ["bob,charlie", "bob"]);
});

test("how somebody is, in words", () => {
  assert.equal(presenceWords(undefined, NOW), "");
  assert.equal(presenceWords({ state: "online" }, NOW), "Online");
  assert.equal(presenceWords({ state: "offline" }, NOW), "Offline");
  assert.equal(presenceWords({ state: "offline", seen_at: "2026-11-03T11:59:40.000Z" }, NOW), "Last seen just now");
  assert.equal(presenceWords({ state: "offline", seen_at: "2026-11-03T10:00:00.000Z" }, NOW), "Last seen 2 h ago");
});

const pinnedAt = (pos, rev, at) => message(pos, rev, { pinned: { by: "bob", at } });

test("pins follow what changes, whether it comes before or after the answer", async () => {
  /** @type {(page: any) => void} */ let answer = () => {};
  const pins = new Pins({ get: () => new Promise((resolve) => (answer = resolve)), learn: () => {} });
  const opening = pins.open(LOUNGE);
  pins.heard([{ message: pinnedAt(3, 9, "2026-11-03T10:00:00.000Z") }]);
  answer({ messages: [pinnedAt(1, 5, "2026-11-02T10:00:00.000Z")], more: false });
  await opening;
  const shown = () => pins.rooms.value.get(LOUNGE)?.messages.map(({ pos }) => pos);
  assert.deepEqual(shown(), [3, 1]);
  pins.heard([{ message: message(1, 4) }]); // an older state of it
  assert.deepEqual(shown(), [3, 1]);
  pins.heard([{ message: message(1, 11) }]);
  assert.deepEqual(shown(), [3]);
  pins.heard([{ forget: LOUNGE }]);
  assert.equal(shown(), undefined);
});

test("mentions stand by room, the room of the newest first", () => {
  const made = byRoom([message(9, 9), { ...message(8, 8), room: "other" }, message(7, 7)]);
  assert.deepEqual(made.map(({ room, messages }) => [room, messages.map(({ pos }) => pos)]), [[LOUNGE, [9, 7]], ["other", [8]]]);
});

test("tomorrow begins at eight in the morning", () => {
  assert.equal(minutesToMorning(new Date(2026, 10, 3, 20, 0)), 12 * 60);
  assert.equal(minutesToMorning(new Date(2026, 10, 3, 7, 30)), 24 * 60 + 30);
});

const pressed = (over) => ({ key: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...over });

test("pressed keys are found in the table, on any keyboard", () => {
  const found = (over) => shortcutOf(/** @type {any} */ (pressed(over)))?.id;
  assert.equal(found({ key: "k", ctrlKey: true }), "find");
  assert.equal(found({ key: "K", metaKey: true }), "find");
  assert.equal(found({ key: "?", shiftKey: true }), "keys");
  assert.equal(found({ key: "?" }), "keys");
  assert.equal(found({ key: "ArrowUp", altKey: true, shiftKey: true }), "previous-unread");
  assert.equal(found({ key: "ArrowUp" }), undefined);
  assert.equal(found({ key: "k", ctrlKey: true, altKey: true }), undefined); // AltGr
  assert.equal(combinationOf(pressed({ key: "m", ctrlKey: true, shiftKey: true })), "Mod+Shift+M");
});

test("no two shortcuts share a key, and the map has words for every key there is", () => {
  const keys = SHORTCUTS.flatMap((one) => one.keys);
  assert.equal(new Set(keys).size, keys.length);
  const known = words();
  for (const { id, keys } of Object.values(KEYS).flat()) {
    assert.ok(known[id], `what ${id} does`);
    for (const combination of keys) assert.ok(keysOf(combination));
  }
  assert.equal(Object.keys(known).length, Object.values(KEYS).flat().length);
});
