import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff } from "../../digi/web/static/digi/backoff.js";
import { Connection } from "../../digi/web/static/digi/connection.js";
import { Lost, Refusal } from "../../digi/web/static/digi/errors.js";
import { clock, me, settled } from "./cast.js";

const WELCOME = { type: "welcome", version: 1, epoch: "one", me, heads: {} };

/** A connection whose sockets are the test's. */
function connection(over = {}) {
  const timers = clock();
  const sockets = [];
  const told = { statuses: [], changes: [], welcomes: 0 };
  const made = new Connection({
    url: "ws://here/ws/",
    open: () => {
      const socket = { sent: [], send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.isClosed = true) };
      sockets.push(socket);
      return socket;
    },
    onWelcome: () => told.welcomes++,
    onChange: (change) => told.changes.push(change),
    onSignal: () => {},
    onStatus: (status) => told.statuses.push(status.is),
    isOnline: () => true,
    random: () => 0.5,
    timers,
    ...over,
  });
  const last = () => sockets.at(-1);
  const say = (frame) => last().onmessage({ data: JSON.stringify(frame) });
  const close = (code) => last().onclose({ code });
  made.start();
  return { made, timers, sockets, told, last, say, close };
}

test("the pause doubles from half a second to ten, with full jitter", () => {
  assert.deepEqual([0, 1, 2, 3, 10].map((n) => backOff(n, 1)), [500, 1000, 2000, 4000, 10_000]);
  assert.equal(backOff(3, 0), 0);
  assert.equal(backOff(3, 0.25), 1000);
});

test("it is open only after the welcome", () => {
  const { made, say, told } = connection();
  assert.equal(made.isOpen, false);
  say(WELCOME);
  assert.equal(made.isOpen, true);
  assert.deepEqual(told.statuses, ["connecting", "open"]);
});

test("it comes back after a loss, later each time", async () => {
  const { close, sockets, timers, made } = connection();
  const pauses = [];
  for (let n = 0; n < 8; n++) {
    close(1006);
    pauses.push(made.status.until - timers.now());
    await timers.pass(made.status.until - timers.now());
    assert.equal(sockets.length, n + 2);
  }
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
});

test("failures are forgotten only after a connection that lasted", async () => {
  const { close, say, made, timers } = connection();
  for (let n = 0; n < 4; n++) {
    close(1012);
    await timers.pass(made.status.until - timers.now());
    say(WELCOME);
  }
  close(1012);
  assert.equal(made.status.until - timers.now(), 4000);
  await timers.pass(4000);
  say(WELCOME);
  await timers.pass(11_000);
  close(1012);
  assert.equal(made.status.until - timers.now(), 250);
});

for (const [code, status] of [[4001, "signed-out"], [4003, "refused"]]) {
  test(`after ${code} it never tries again`, async () => {
    const { close, say, sockets, timers, made } = connection();
    say(WELCOME);
    close(code);
    await timers.pass(600_000);
    made.nudge();
    assert.equal(sockets.length, 1);
    assert.equal(made.status.is, status);
  });
}

test("after a flood it waits as if it had failed often", async () => {
  const { close, say, made, timers } = connection();
  say(WELCOME);
  close(4029);
  assert.equal(made.status.until - timers.now(), 5000);
});

test("another version of the wire stops it", async () => {
  const { say, sockets, timers, made } = connection();
  say({ ...WELCOME, version: 2 });
  await timers.pass(100_000);
  assert.equal(made.status.is, "outdated");
  assert.equal(sockets.length, 1);
  assert.ok(sockets[0].isClosed);
});

test("silence is broken by a ping, and an unanswered ping ends the connection", async () => {
  const { say, last, sockets, timers, made } = connection();
  say(WELCOME);
  await timers.pass(25_000);
  assert.deepEqual(last().sent, [{ type: "ping" }]);
  say({ type: "pong" });
  await timers.pass(25_000);
  assert.equal(last().sent.length, 2);
  await timers.pass(10_000);
  assert.ok(sockets[0].isClosed);
  assert.notEqual(made.status.is, "open");
  await timers.pass(60_000);
  assert.ok(sockets.length > 1);
});

test("a server that never welcomes is given up", async () => {
  const { sockets, timers } = connection();
  await timers.pass(12_000);
  assert.ok(sockets[0].isClosed);
  assert.equal(sockets.length, 2);
});

test("words of a socket that was given up are not heard", async () => {
  const { sockets, timers, told } = connection();
  await timers.pass(12_000);
  sockets[0].onmessage({ data: JSON.stringify(WELCOME) });
  sockets[0].onclose({ code: 4001 });
  assert.equal(told.welcomes, 0);
});

test("an answer finds its question", async () => {
  const { made, say, last } = connection();
  say(WELCOME);
  const [one, two] = [made.ask({ type: "a" }), made.ask({ type: "b" })];
  const [{ ref: first }, { ref: second }] = last().sent;
  say({ type: "reply", ref: second, ok: true, result: { message: 2 } });
  say({ type: "reply", ref: first, ok: false, error: { code: "forbidden", detail: "No." } });
  assert.deepEqual(await two, { message: 2 });
  await assert.rejects(one, (error) => error instanceof Refusal && error.problem.code === "forbidden");
});

test("a malformed question is refused by its ref", async () => {
  const { made, say, last } = connection();
  say(WELCOME);
  const asked = made.ask({ type: "a" });
  say({ type: "error", error: { code: "invalid", detail: "No.", ref: last().sent[0].ref } });
  await assert.rejects(asked, Refusal);
});

test("questions are lost with their connection", async () => {
  const { made, say, close } = connection();
  say(WELCOME);
  const asked = made.ask({ type: "a" });
  close(1006);
  await assert.rejects(asked, Lost);
  await assert.rejects(made.ask({ type: "b" }), Lost);
});

test("a question that is not answered is lost, and the line is tried", async () => {
  const { made, say, last, timers } = connection();
  say(WELCOME);
  const asked = assert.rejects(made.ask({ type: "a" }), Lost);
  await timers.pass(10_000);
  await asked;
  assert.deepEqual(last().sent.at(-1), { type: "ping" });
});

test("a nudge ends a pause at once, and tries a line that seems to be open", async () => {
  const { made, say, close, last, sockets, timers } = connection();
  close(1006);
  made.nudge();
  assert.equal(sockets.length, 2);
  say(WELCOME);
  made.nudge();
  assert.deepEqual(last().sent, [{ type: "ping" }]);
  await timers.pass(5000);
  assert.ok(sockets[1].isClosed);
});

test("without a network it says so, and how long it has been down", async () => {
  const { made, close, timers, say } = connection({ isOnline: () => false });
  say(WELCOME);
  assert.equal(made.downFor, 0);
  close(1006);
  await timers.pass(100);
  assert.equal(made.status.is, "offline");
  assert.equal(made.downFor, 100);
});

test("changes are handed on in order", async () => {
  const { say, told } = connection();
  say(WELCOME);
  for (const rev of [1, 2, 3]) say({ type: "change", log: "me", rev });
  await settled();
  assert.deepEqual(told.changes.map(({ rev }) => rev), [1, 2, 3]);
});
