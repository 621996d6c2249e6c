// Quiet hours: by the clock on the wall of one's zone, over midnight, and in the nights in which clocks are changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { STATIC } from "./cast.js";

const { clockIn, isQuiet } = await import(`${STATIC}/attention/quiet.js`);

/** @param {string} quiet_from @param {string} quiet_to @param {string} [zone] */
const hours = (quiet_from, quiet_to, zone = "Europe/Oslo") => ({ quiet_from, quiet_to, zone });
const night = hours("22:00", "07:00");

/** @param {any} settings @param {string[]} moments */
const quietAt = (settings, moments) => moments.map((moment) => isQuiet(settings, new Date(moment)));

test("there are none until both ends are set, and none between a time and itself", () => {
  for (const none of [hours("", ""), hours("22:00", ""), hours("", "07:00"), hours("08:00", "08:00")])
    assert.equal(isQuiet(none, new Date("2026-11-20T08:00:00Z")), false);
});

test("within a day they begin with their first minute and end before their last", () => {
  const noon = hours("12:00", "13:30");
  assert.deepEqual(
    quietAt(noon, ["2026-11-20T10:59:59Z", "2026-11-20T11:00:00Z", "2026-11-20T12:29:59Z", "2026-11-20T12:30:00Z"]),
    [false, true, true, false],
  );
});

test("over midnight they are the evening and the morning", () => {
  assert.deepEqual(
    quietAt(night, ["2026-11-20T20:59:59Z", "2026-11-20T21:00:00Z", "2026-11-20T23:30:00Z", "2026-11-21T05:59:59Z", "2026-11-21T06:00:00Z", "2026-11-21T12:00:00Z"]),
    [false, true, true, true, false, false],
  );
});

test("midnight itself is an end like any other", () => {
  assert.deepEqual(quietAt(hours("22:00", "00:00"), ["2026-11-20T22:59:00Z", "2026-11-20T23:00:00Z"]), [true, false]);
  assert.deepEqual(quietAt(hours("00:00", "06:00"), ["2026-11-20T22:59:00Z", "2026-11-20T23:00:00Z"]), [false, true]);
});

test("in the night that loses an hour they end by the clock, and so an hour early", () => {
  // 29 March 2026, Oslo: from 02:00 to 03:00 there is nothing
  assert.deepEqual(
    quietAt(night, ["2026-03-28T20:59:59Z", "2026-03-28T21:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T04:59:59Z", "2026-03-29T05:00:00Z"]),
    [false, true, true, true, false],
  );
});

test("in the night that has an hour twice, both times that hour is quiet", () => {
  // 25 October 2026, Oslo: 02:00 to 03:00 comes twice
  const hour = hours("02:00", "03:00");
  assert.deepEqual(
    quietAt(hour, ["2026-10-24T23:59:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z"]),
    [false, true, true, false],
  );
});

test("the zone decides, wherever the browser stands", () => {
  const moment = new Date("2026-11-20T22:30:00Z");
  assert.equal(clockIn("Asia/Kolkata", moment), "04:00");
  assert.deepEqual(
    ["Asia/Kolkata", "America/New_York", "Pacific/Kiritimati"].map((zone) => isQuiet(hours("22:00", "07:00", zone), moment)),
    [true, false, false],
  );
});

test("a zone that is not given, or not known here, is the browser's own", () => {
  const moment = new Date("2026-11-20T22:30:00Z");
  const own = clockIn(Intl.DateTimeFormat().resolvedOptions().timeZone, moment);
  assert.equal(clockIn("", moment), own);
  assert.equal(clockIn("Mars/Olympus", moment), own);
});
