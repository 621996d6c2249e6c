import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { learnToSpeak } from "../../digi/web/static/digi/catalogs.js";
import { isRightToLeft, n, speak, spokenLanguage, t } from "../../digi/web/static/digi/language.js";
import { listed } from "../../digi/web/static/digi/room/names.js";
import { brief, dayName, localeFor, timeOf } from "../../digi/web/static/digi/times.js";

afterEach(() => speak("en"));

test("a sentence without a translation is said in English", () => {
  speak("de", { "Send": "Senden", "Nothing yet": "" });
  assert.equal(t("Send"), "Senden");
  assert.equal(t("Nothing yet"), "Nothing yet");
  assert.equal(t("Left alone"), "Left alone");
});

test("values stand in the holes, and a hole without a value stays", () => {
  assert.equal(t("{who} renamed it to {to}", { who: "Bob", to: "{who}" }), "Bob renamed it to {who}");
  assert.equal(t("{a} and {b}", { a: 0 }), "0 and {b}");
  assert.equal(t("as {is}"), "as {is}");
});

test("a name that runs the other way is isolated, and only once", () => {
  assert.equal(t("Write to {name}", { name: "ليلى" }), "Write to \u2068ليلى\u2069");
  assert.equal(t("Write to {name}", { name: "\u2068ليلى\u2069" }), "Write to \u2068ليلى\u2069");
  speak("ar", { "Write to {name}": "مراسلة {name}" });
  assert.equal(t("Write to {name}", { name: "Bob" }), "مراسلة \u2068Bob\u2069");
  assert.equal(t("Write to {name}", { name: "" }), "مراسلة ");
  assert.equal(t("{count} left", { count: 3 }), "3 left");
});

test("a number of things takes the form its language has for it", () => {
  assert.deepEqual([1, 2, 0].map((count) => n(count, "{count} room", "{count} rooms")), ["1 room", "2 rooms", "0 rooms"]);
  speak("ar", { "{count} rooms": { zero: "zero", one: "one", two: "two", few: "few {count}", many: "many {count}", other: "other {count}" } });
  assert.deepEqual([0, 1, 2, 3, 11, 100].map((count) => n(count, "{count} room", "{count} rooms")), ["zero", "one", "two", "few 3", "many 11", "other 100"]);
});

test("a form that is missing is said as any other number", () => {
  speak("fr", { "{count} rooms": { one: "{count} salon", other: "{count} salons" } });
  assert.equal(n(1_000_000, "{count} room", "{count} rooms"), "1000000 salons");
});

for (const language of ["de", "es", "fr", "ar"]) {
  test(`${language} is loaded when it is to be spoken`, async () => {
    await learnToSpeak(language);
    assert.equal(spokenLanguage(), language);
    assert.notEqual(t("Send"), "Send");
  });
}

test("a language without words is English", async () => {
  await learnToSpeak("tlh");
  assert.equal(spokenLanguage(), "en");
  assert.equal(t("Send"), "Send");
});

test("Arabic alone runs from right to left", () => {
  assert.deepEqual(["ar", "en", "fr"].map((language) => isRightToLeft(language)), [true, false, false]);
  speak("ar");
  assert.ok(isRightToLeft());
});

test("dates are written as the browser does if it speaks the page's language", () => {
  assert.equal(localeFor("en", "en-US"), "en-US-u-ca-gregory-nu-latn");
  assert.equal(localeFor("en", "de-DE"), "en-GB");
  assert.equal(localeFor("de", "en-US"), "de");
  assert.equal(localeFor("ar", "ar-EG"), "ar-EG-u-ca-gregory-nu-latn");
  assert.equal(localeFor(undefined, "nb"), "nb");
});

test("days and times are in the language of the page", async () => {
  const now = new Date(2026, 10, 20, 12).getTime();
  const at = (month, day, hour = 9) => new Date(2026, month, day, hour, 5).toISOString();
  await learnToSpeak("de");
  assert.deepEqual([dayName(at(10, 20), now), dayName(at(10, 19), now), dayName(at(2, 9), now)], ["Heute", "Gestern", "Montag, 9. März"]);
  assert.deepEqual([brief(at(10, 20, 21), now), brief(at(10, 18), now), brief(at(2, 9), now)], ["21:05", "Mi", "9. März"]);
  await learnToSpeak("ar");
  assert.equal(timeOf(at(10, 20, 21)), "09:05 م");
});

test("names in a row are joined as the language does", () => {
  speak("es");
  assert.equal(listed(["Ana", "Luis", "Inés"]), "Ana, Luis e Inés");
});
