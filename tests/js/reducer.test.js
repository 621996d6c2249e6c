import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../digi/web/static/digi/places.js";
import { initial, learn } from "../../digi/web/static/digi/reducer.js";
import { allUnread, inbox, last, present, readPos, tail, title, unread } from "../../digi/web/static/digi/selectors.js";
import { LOUNGE, Log, alice, bob, entry, fresh, member, message, random } from "./cast.js";

const begun = () => initial(fresh());
const lounge = (state) => state.rooms.get(LOUNGE);
const said = (...messages) => messages.map((one) => ({ message: one }));

/** What must be the same whatever the way there. */
function essence(state) {
  const room = lounge(state);
  return { messages: room.messages, top: room.top, own: room.own, about: { ...room.about, head: 0 }, members: [...room.members].sort() };
}

test("messages stand in order of pos, however they come", () => {
  const state = learn(begun(), said(message(3, 4), message(1, 2), message(2, 3)));
  assert.deepEqual(lounge(state).messages.map(({ pos }) => pos), [1, 2, 3]);
});

test("a newer rev wins, an older one changes nothing", () => {
  const edited = message(1, 5, { body: "edited" });
  const state = learn(begun(), said(message(1, 2), edited));
  assert.equal(lounge(state).messages[0].body, "edited");
  assert.equal(learn(state, said(message(1, 2))), state);
});

test("a deleted message never comes back, not even with a higher rev", () => {
  const state = learn(begun(), said(message(1, 9, { deleted: true, body: "" }), message(1, 2), message(1, 10)));
  assert.equal(lounge(state).messages[0].deleted, true);
});

test("the same thing twice is the same state", () => {
  const state = learn(begun(), [...said(message(1, 2)), { member: member(bob, 3) }]);
  assert.equal(learn(state, [...said(message(1, 2)), { member: member(bob, 3) }]), state);
});

test("an own message counts as read, a foreign one does not", () => {
  const foreign = learn(begun(), said(message(1, 2)));
  assert.equal(unread(lounge(foreign)), 1);
  const own = learn(foreign, said(message(2, 3, { author: "alice" })));
  assert.equal(readPos(lounge(own)), 2);
  assert.equal(unread(lounge(own)), 0);
});

test("a mark set back by hand outweighs own messages it has seen, and what this tab saw", () => {
  const read = learn(begun(), [...said(message(1, 2), message(2, 3, { author: "alice" })), { seen: 2, of: LOUNGE }, { entry: entry({ entry_rev: 2, last_pos: 2, read_pos: 2, head: 3 }) }]);
  const back = learn(read, [{ entry: entry({ entry_rev: 3, last_pos: 2, read_pos: 0, head: 3 }) }]);
  assert.equal(unread(lounge(back)), 2);
});

test("an older entry does not move the mark", () => {
  const state = learn(begun(), [{ entry: entry({ entry_rev: 5, last_pos: 9, read_pos: 9 }) }, { entry: entry({ entry_rev: 4, last_pos: 9, read_pos: 2 }) }]);
  assert.equal(readPos(lounge(state)), 9);
});

test("what this tab saw is read before the server says so", () => {
  const state = learn(begun(), [...said(message(1, 2)), { seen: 1, of: LOUNGE }]);
  assert.equal(allUnread(state), 0);
});

test("what is marked unread is unread again, even if the server never heard that it was seen", () => {
  const seen = learn(begun(), [...said(message(1, 2), message(2, 3)), { seen: 2, of: LOUNGE }]);
  assert.equal(allUnread(learn(seen, [{ unseen: 2, of: LOUNGE }])), 1);
});

test("a left room goes, and an older entry does not bring it back", () => {
  const left = learn(begun(), [{ left: { id: LOUNGE, entry_rev: 4 } }]);
  assert.equal(lounge(left), undefined);
  assert.equal(lounge(learn(left, [{ entry: entry({ entry_rev: 3 }) }])), undefined);
  assert.ok(lounge(learn(left, [{ entry: entry({ entry_rev: 5 }) }])));
});

test("an older leaving does not take a room that was entered again", () => {
  const again = learn(begun(), [{ entry: entry({ entry_rev: 5 }) }, { left: { id: LOUNGE, entry_rev: 4 } }]);
  assert.ok(lounge(again));
});

test("the tail ends at the first hole", () => {
  const state = learn(begun(), said(message(1, 2), message(2, 3), message(4, 5), message(5, 6)));
  assert.deepEqual(tail(lounge(state)).map(({ pos }) => pos), [4, 5]);
});

test("without the newest message there is no tail to show", () => {
  const state = learn(begun(), [...said(message(1, 2)), { entry: entry({ entry_rev: 2, last_pos: 3 }) }]);
  assert.deepEqual(tail(lounge(state)), []);
});

test("the entry's last message is a message like any other", () => {
  const state = learn(begun(), [{ entry: entry({ entry_rev: 2, last_pos: 7, last: message(7, 9) }) }, ...said(message(7, 10, { body: "edited" }))]);
  assert.equal(last(lounge(state)).body, "edited");
});

test("the list has the newest activity first", () => {
  const other = "other".padEnd(32, "x");
  const state = initial(fresh({ entries: [entry(), entry({ id: other, name: "other", last_pos: 1, last: message(1, 2, { room: other }) })] }));
  assert.deepEqual(inbox(state).map((room) => title(state, room)), ["other", "lounge"]);
});

test("a member who left is not present, and an older state does not bring them back", () => {
  const state = learn(begun(), [{ member: member(bob, 5, { left: true }) }, { member: member(bob, 3) }, { member: member(alice, 4, { role: "owner" }) }]);
  assert.deepEqual(present(lounge(state)).map(({ person }) => person), ["alice"]);
});

test("a username that is a property of every object is only a username", () => {
  const odd = { ...bob, username: "constructor" };
  const state = learn(begun(), [{ member: member(odd, 3) }, { person: { ...bob, username: "__proto__" } }]);
  assert.equal(state.people.get("constructor").display_name, "Bob");
  assert.equal(state.people.get("toString"), undefined);
});

test("friends and blocks follow their revs", () => {
  const state = learn(begun(), [{ friend: { person: "bob", profile: bob, state: "friend", rev: 7 } }, { friend: { person: "bob", profile: bob, state: "incoming", rev: 3 } }, { block: { person: "bob", profile: bob, active: true, rev: 8 } }, { block: { person: "bob", profile: bob, active: false, rev: 2 } }]);
  assert.equal(state.friends.get("bob").state, "friend");
  assert.equal(state.blocks.get("bob").active, true);
});

test("others' read marks only move forward", () => {
  const state = learn(begun(), [{ reads: { bob: 5 }, of: LOUNGE }, { reads: { bob: 3 }, of: LOUNGE }]);
  assert.equal(lounge(state).reads.get("bob"), 5);
});

test("a reset forgets everything", () => {
  const state = learn(learn(begun(), said(message(1, 2))), [{ reset: fresh({ epoch: "two" }) }]);
  assert.equal(state.epoch, "two");
  assert.deepEqual(lounge(state).messages, []);
});

test("the place of a pos is found among any", () => {
  const messages = [1, 4, 5, 9].map((pos) => message(pos, pos));
  for (let pos = 0; pos < 12; pos++) assert.equal(placeOf(messages, pos), messages.filter((one) => one.pos < pos).length);
});

test("any order, any repetition, then what is missing: the same state as in order", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const chance = random(seed);
    const log = new Log();
    for (let steps = 5 + chance.below(60); steps; steps--) log.step(chance);
    const facts = log.told.map(({ type, log: _, rev, ...fact }) => fact);
    const direct = learn(begun(), facts);
    const heard = chance.shuffled([...facts.filter(() => chance() < 0.7), ...facts.filter(() => chance() < 0.3)]);
    const caughtUp = chance.shuffled(log.page(0, Infinity).changes.map(({ rev, ...fact }) => fact));
    const other = learn(begun(), chance() < 0.5 ? [...heard, ...caughtUp] : [...caughtUp, ...heard]);
    assert.deepEqual(essence(other), essence(direct), `seed ${seed}`);
  }
});
