import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { stepped } from "../../digi/web/static/digi/emoji/grid.js";
import { find, inTone, load, replaced, search } from "../../digi/web/static/digi/emoji/data.js";
import { isFew } from "../../digi/web/static/digi/text/emoji.js";
import { tree } from "../../digi/web/static/digi/text/grammar.js";
import { coloured } from "../../digi/web/static/digi/text/highlight.js";
import { mentioned, plain, snippet } from "../../digi/web/static/digi/text/plain.js";

const corpus = new URL("../text/", import.meta.url);
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(name, corpus), "utf8"));

for (const name of readdirSync(corpus).filter((name) => !/^(links|fragments|few)/.test(name))) {
  for (const [sentence, source, wanted] of read(name)) {
    test(`${name}: ${sentence}`, () => assert.deepEqual(tree(source), wanted));
  }
}

test("addresses are found where they end", () => {
  /** @param {any} node @returns {any[]} */
  const laidOpen = (node) => (typeof node === "string" ? [node] : node.type === "link" ? [{ link: node.url }] : node.inside.flatMap(laidOpen));
  for (const [source, wanted] of read("links.json")) {
    const [paragraph] = /** @type {any[]} */ (tree(source));
    assert.deepEqual(paragraph.inside.flatMap(laidOpen), wanted);
  }
});

// Far longer than a message may be: what took a step for each pair of marks would not end in the time given.
test("a long hostile text takes a step for each mark, and not for each pair", { timeout: 100_000 }, () => {
  const more = ["_a ", "*a b* ", "[a", "](https://x", "https://a@", "https://a](", "``a", "- a\n", "  - a\n", "a|b\n-|-\n", "@a.", ">\n", " \n"];
  for (const fragment of [...read("fragments.json"), ...more, ")"]) tree(fragment.repeat(100_000 / fragment.length));
  tree(`https://example.org/${")".repeat(400_000)}`);
});

test("a line has the words without the marks", () => {
  assert.equal(plain("> they said\nI **answer** `you` ||secretly||"), "I answer you […]");
  assert.equal(snippet("😀".repeat(6), 5), `${"😀".repeat(5)}…`);
});

test("mentioned are those behind an at sign but in code", () => {
  assert.deepEqual(mentioned("@Bob and `@eve` and ||@dan||, @bob"), ["bob", "dan"]);
});

test("a few emoji are few, and nothing else is", () => {
  const { few, other } = read("few.json");
  assert.deepEqual(few.filter((/** @type {string} */ text) => !isFew(text)), []);
  assert.deepEqual(other.filter(isFew), []);
});

// ── colours ──

const SAMPLES = {
  python: 'def f(x):\n    """a"""\n    return x + 1  # b', js: "const a = `b${c}`; // d", ts: "type A = { b: string };", json: '{"a": [1, null]}',
  sh: 'for i in *; do echo "$i"; done', sql: "SELECT 'a' FROM b -- c", rust: 'fn main() { println!("a"); }', go: "func f() {}", html: "<a href='b'>c</a>",
  css: "a { b: c }", yml: "a: b", toml: "[a]\nb = 1", diff: "-a\n+b", dockerfile: "FROM a", java: "class A {}", "c++": "int a = 1;", rb: "def a; end",
  ini: "[a]\nb=c", lua: "local a", swift: "let a = 1", xml: "<a/>", kt: "fun a() {}", "c#": "var a = 1;", scss: "$a: 1px;", less: "@a: 1;", c: "int a;", dart: "var a;",
};

for (const [language, code] of Object.entries(SAMPLES)) {
  test(`code in ${language} has colours, and stays what it is`, async () => {
    const pieces = await coloured(code, language);
    assert.equal(pieces?.map(([words]) => words).join(""), code);
    assert.ok(pieces?.some(([, kind]) => kind));
  });
}

test("code in no language, and in names that objects have anyway, stays without colours", async () => {
  for (const language of ["", "klingon", "constructor", "__proto__"]) assert.equal(await coloured("a", language), null);
});

test("whatever is called code stays what it is", async () => {
  for (const language of Object.keys(SAMPLES)) {
    for (const fragment of ["'", '"', "`", "/*", "<!--", "<", "{", "${", "#", "\n", "\n  - ", "😀", "\\", "r#\"", "'''", "@", "<<E\n"]) {
      const code = fragment.repeat(50);
      assert.equal((await coloured(code, language))?.map(([words]) => words).join(""), code);
    }
  }
});

// ── emoji ──

test("emoji are found by short name, by a word of the language, and without accents", async () => {
  const [english, german, french] = [await load("en"), await load("de"), await load("fr")];
  assert.equal(search(english, "smile", 1)[0].emoji, "😄");
  assert.equal(search(english, ":+1:", 1)[0].emoji, "👍");
  assert.ok(search(german, "gluhbirne", 5).some(({ emoji }) => emoji === "💡"));
  assert.ok(search(french, "cœur rouge", 5).some(({ emoji }) => emoji === "❤️"));
  assert.deepEqual(search(english, "qqqqqq", 5), []);
  assert.deepEqual(search(english, "  ", 5), []);
});

test("an unknown language speaks English", async () => {
  assert.equal(await load("tlh"), await load("en"));
  assert.notDeepEqual((await load("ar")).groups, (await load("en")).groups);
  assert.equal(await load("constructor"), await load("en"));
});

test("Arabic has its own names for the kinds of emoji and the tones of skin", async () => {
  const [arabic, english] = [await load("ar"), await load("en")];
  assert.equal(arabic.groups.length, english.groups.length);
  assert.equal(arabic.tones.length, english.tones.length);
  assert.ok(arabic.groups.every((name) => !english.groups.includes(name)));
});

test("a name that is begun is completed with its usual names first", async () => {
  const found = await find("smi", 8, "en");
  assert.equal(found.length, 8);
  assert.ok(found[0].name.startsWith(":smi"));
  assert.ok(found.some(({ emoji }) => emoji === "😄"));
});

test("short names become emoji, but not in code and not in words", async () => {
  assert.equal(await replaced("hi :smile: :tada::tada:, (:heart:)"), "hi 😄 🎉🎉, (❤️)");
  assert.equal(await replaced("`:smile:` and ``:smile: ` :smile:`` :smile:"), "`:smile:` and ``:smile: ` :smile:`` 😄");
  assert.equal(await replaced("```\n:smile:\n```\n:smile:"), "```\n:smile:\n```\n😄");
  assert.equal(await replaced("```\n:smile:"), "```\n:smile:");
  assert.equal(await replaced("10:30:20 a:smile:b https://x.org:80:smile: :none_such:"), "10:30:20 a:smile:b https://x.org:80:smile: :none_such:");
  assert.equal(await replaced("one ` tick and :smile:"), "one ` tick and 😄");
});

test("a tone of skin goes where it belongs", async () => {
  const { all } = await load("en");
  const by = (/** @type {string} */ code) => /** @type {any} */ (all.find(({ codes }) => codes[0] === code));
  assert.equal(inTone(by("wave"), 3), "👋🏽");
  assert.equal(inTone(by("point_up"), 5), "☝🏿");
  assert.equal(inTone(by("smile"), 3), "😄");
  assert.equal(inTone(by("wave"), 0), "👋");
});

test("arrows go about a grid, upwards out of it, and mirrored from right to left", () => {
  assert.equal(stepped("ArrowRight", 0, 10, 4), 1);
  assert.equal(stepped("ArrowRight", 0, 10, 4, true), 0);
  assert.equal(stepped("ArrowLeft", 0, 10, 4, true), 1);
  assert.equal(stepped("ArrowDown", 3, 10, 4), 7);
  assert.equal(stepped("ArrowDown", 7, 10, 4), 9);
  assert.equal(stepped("ArrowDown", 9, 10, 4), 9);
  assert.equal(stepped("ArrowUp", 2, 10, 4), -1);
  assert.equal(stepped("Home", 6, 10, 4), 4);
  assert.equal(stepped("End", 9, 10, 4), 9);
  assert.equal(stepped("a", 0, 10, 4), null);
});
