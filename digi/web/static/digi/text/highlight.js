// @ts-check
// Code in pieces with their kinds, for colours. Loaded with the first block that wants it; touches no page.
import { Stream } from "./stream.js";

/**
 * @typedef {[string, string]} Piece what it is, and its kind; "" for what has none
 * @typedef {{startState?: (indent?: number) => any, token: (stream: any, state: any) => string | null, blankLine?: (state: any, indent: number) => void}} Mode
 */

const LONGEST_LINE = 1000; // beyond it a line stays as it is
const BUDGET = 40; // ms, and then the rest stays as it is: what somebody sends must not stop whoever reads it

const KINDS = /** @type {Record<string, string>} */ ({
  keyword: "word", modifier: "word", controlKeyword: "word", definitionKeyword: "word", moduleKeyword: "word", operatorKeyword: "word",
  string: "text", character: "text", regexp: "text", attributeValue: "text", inserted: "text", url: "text",
  number: "number", atom: "number", bool: "number", integer: "number", float: "number", unit: "number", null: "number",
  def: "name", definition: "name", type: "name", typeName: "name", builtin: "name", standard: "name", tag: "name", tagName: "name",
  attribute: "name", attributeName: "name", property: "name", propertyName: "name", className: "name", header: "name", heading: "name", labelName: "name",
  comment: "note", meta: "note", documentMeta: "note", processingInstruction: "note",
  deleted: "gone", invalid: "gone",
});

const clike = () => import("../vendor/modes/clike.js");
const javascript = () => import("../vendor/modes/javascript.js");
const css = () => import("../vendor/modes/css.js");
const xml = () => import("../vendor/modes/xml.js");

/** @type {Record<string, () => Promise<Mode>>} */
const MODES = {
  bash: async () => (await import("../vendor/modes/shell.js")).shell,
  c: async () => (await clike()).c,
  cpp: async () => (await clike()).cpp,
  csharp: async () => (await clike()).csharp,
  css: async () => (await css()).css,
  dart: async () => (await clike()).dart,
  diff: async () => (await import("../vendor/modes/diff.js")).diff,
  dockerfile: async () => (await import("../vendor/modes/dockerfile.js")).dockerFile,
  go: async () => (await import("../vendor/modes/go.js")).go,
  html: async () => (await xml()).html,
  ini: async () => (await import("../vendor/modes/properties.js")).properties,
  java: async () => (await clike()).java,
  javascript: async () => (await javascript()).javascript,
  json: async () => (await javascript()).json,
  kotlin: async () => (await clike()).kotlin,
  less: async () => (await css()).less,
  lua: async () => (await import("../vendor/modes/lua.js")).lua,
  python: async () => (await import("../vendor/modes/python.js")).python,
  ruby: async () => (await import("../vendor/modes/ruby.js")).ruby,
  rust: async () => (await import("../vendor/modes/rust.js")).rust,
  scss: async () => (await css()).sCSS,
  sql: async () => (await import("../vendor/modes/sql.js")).standardSQL,
  swift: async () => (await import("../vendor/modes/swift.js")).swift,
  toml: async () => (await import("../vendor/modes/toml.js")).toml,
  typescript: async () => (await javascript()).typescript,
  xml: async () => (await xml()).xml,
  yaml: async () => (await import("../vendor/modes/yaml.js")).yaml,
};

const OTHERWISE = /** @type {Record<string, string>} */ ({
  "c++": "cpp", "c#": "csharp", cc: "cpp", cfg: "ini", console: "bash", cs: "csharp", docker: "dockerfile", env: "ini", golang: "go", h: "c", hpp: "cpp",
  htm: "html", js: "javascript", json5: "json", jsx: "javascript", kt: "kotlin", mjs: "javascript", patch: "diff", postgres: "sql", psql: "sql", py: "python",
  python3: "python", rb: "ruby", rs: "rust", sh: "bash", shell: "bash", svg: "xml", ts: "typescript", tsx: "typescript", yml: "yaml", zsh: "bash",
});

/** @param {string} text @param {string} language @returns {Promise<Piece[] | null>} nothing in a language that is not known */
export async function coloured(text, language) {
  const name = Object.hasOwn(OTHERWISE, language) ? OTHERWISE[language] : language;
  return Object.hasOwn(MODES, name) ? pieces(text, await MODES[name](), performance.now() + BUDGET) : null;
}

/** Joined again they are `text`, whatever the mode does. @param {string} text @param {Mode} mode @param {number} until @returns {Piece[]} */
function pieces(text, mode, until) {
  const state = mode.startState?.(2) ?? {};
  /** @type {Piece[]} */
  const found = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (index) add(found, "\n", "");
    if (performance.now() > until) {
      add(found, lines.slice(index).join("\n"), "");
      break;
    }
    if (line.length > LONGEST_LINE) add(found, line, "");
    else if (line) colourLine(found, line, mode, state, until);
    else mode.blankLine?.(state, 2);
  }
  return found;
}

/** @param {Piece[]} found @param {string} line @param {Mode} mode @param {any} state @param {number} until */
function colourLine(found, line, mode, state, until) {
  const stream = new Stream(line);
  let idle = 0;
  while (!stream.eol() && idle < 10 && performance.now() < until) {
    stream.start = stream.pos;
    const kind = styled(mode, stream, state);
    idle = stream.pos > stream.start ? 0 : idle + 1;
    if (!idle) add(found, stream.current(), kind);
  }
  if (!stream.eol()) add(found, line.slice(stream.pos), "");
}

/** @param {Mode} mode @param {Stream} stream @param {any} state */
function styled(mode, stream, state) {
  try {
    return KINDS[mode.token(stream, state)?.split(/[ .]/)[0] ?? ""] ?? "";
  } catch {
    stream.skipToEnd(); // half a language confuses some modes
    return "";
  }
}

/** @param {Piece[]} found @param {string} words @param {string} kind */
function add(found, words, kind) {
  const last = found.at(-1);
  if (last && last[1] === kind) last[0] += words;
  else if (words) found.push([words, kind]);
}
