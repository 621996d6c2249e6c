// @ts-check
// Choosing an emoji: by a word, by its kind, from those used last, in a tone of skin. All of it by keyboard too.
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { inTone, load, recent, search, setTone, tone, use } from "./data.js";
import { stepped } from "./grid.js";

/** @typedef {import("./data.js").Emoji} Emoji @typedef {import("./data.js").Book} Book */

const MOST = 80;
const RECENT = -1;
const SIGNS = ["😀", "👋", "🐻", "🍔", "✈️", "⚽", "💡", "❤️", "🏁"]; // of the groups, in their order
const HANDS = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];

/**
 * @typedef {object} Props
 * @property {string} label what the emoji is for
 * @property {DOMRect} near beside which it stands
 * @property {(emoji: string) => void} onPick
 * @property {() => void} onClose
 */

/** @param {Props} props */
export function EmojiPicker({ label, near, onPick, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [book, setBook] = useState(/** @type {Book | null} */ (null));
  const [query, setQuery] = useState("");
  const [group, setGroup] = useState(recent().length ? RECENT : 0);
  const [skin, setSkin] = useState(tone());
  useLayoutEffect(() => opened(/** @type {HTMLDialogElement} */ (dialog.current), near), []);
  useEffect(() => void load().then(setBook, () => dialog.current?.close()), []);
  /** @param {string} emoji */
  const pick = (emoji) => {
    use(emoji);
    dialog.current?.close(); // gives the focus back, and only then may what follows take it
    onPick(emoji);
  };
  const shown = book ? chosen(book, query, group, skin) : [];
  /** @param {Event} event */
  const outside = (event) => event.target === dialog.current && dialog.current?.close();
  return html`
    <dialog class="picker" tabindex="-1" ref=${dialog} aria-label=${label} onClose=${onClose} onMouseDown=${outside}>
      <${Search} query=${query} setQuery=${setQuery} pickFirst=${() => shown[0] && pick(shown[0].emoji)} />
      ${book && html`
        ${!query && html`<${Groups} names=${book.groups} group=${group} setGroup=${setGroup} />`}
        <${Grid} key=${query || group} label=${query ? t("Found") : nameOf(book, group)} shown=${shown} pick=${pick} />
        <${Tones} names=${book.tones} skin=${skin} choose=${(/** @type {number} */ skin) => (setTone(skin), setSkin(skin))} />
      `}
    </dialog>
  `;
}

/** @typedef {{emoji: string, name: string, code: string}} Shown */

/** @param {Book} book @param {string} query @param {number} group @param {number} skin @returns {Shown[]} */
function chosen(book, query, group, skin) {
  const found = query ? search(book, query, MOST) : group === RECENT ? [] : book.all.filter((one) => one.group === group);
  if (query || group !== RECENT) return found.map((one) => ({ emoji: inTone(one, skin), name: one.name, code: one.codes[0] ?? "" }));
  const plain = (/** @type {string} */ emoji) => emoji.replace(/[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu, "");
  const byEmoji = new Map(book.all.map((one) => [plain(one.emoji), one]));
  return recent().map((emoji) => {
    const one = byEmoji.get(plain(emoji));
    return { emoji, name: one?.name ?? emoji, code: one?.codes[0] ?? "" };
  });
}

/** @param {Book} book @param {number} group */
function nameOf(book, group) {
  return group === RECENT ? t("Used last") : book.groups[group];
}

/** @param {{query: string, setQuery: (query: string) => void, pickFirst: () => void}} props */
function Search({ query, setQuery, pickFirst }) {
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing || !["ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Enter") pickFirst();
    else focusFirst(event.currentTarget);
  };
  return html`
    <input class="field" type="search" autocomplete="off" spellcheck=${false} enterkeyhint="done" autofocus aria-label=${t("Find an emoji")}
      placeholder=${t("Find an emoji")} value=${query} onInput=${typed(setQuery)} onKeyDown=${pressed} />
  `;
}

/** @param {EventTarget | null} field */
function focusFirst(field) {
  /** @type {HTMLElement | null | undefined} */ (/** @type {Element} */ (field).closest("dialog")?.querySelector('[role="grid"] button[tabindex="0"]'))?.focus();
}

/** @param {{names: string[], group: number, setGroup: (group: number) => void}} props */
function Groups({ names, group, setGroup }) {
  const all = recent().length ? [RECENT, ...names.keys()] : [...names.keys()];
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const forward = document.dir === "rtl" ? -by : by;
    const next = (all.indexOf(group) + forward + all.length) % all.length;
    setGroup(all[next]);
    /** @type {HTMLElement} */ (/** @type {Element} */ (event.currentTarget).children[next]).focus();
  };
  return html`
    <div class="groups" role="tablist" aria-label=${t("Kinds of emoji")} onKeyDown=${pressed}>
      ${all.map((one) => {
        const name = one === RECENT ? t("Used last") : names[one];
        return html`<button key=${one} type="button" role="tab" aria-selected=${one === group} tabindex=${one === group ? 0 : -1}
          aria-label=${name} title=${name} onClick=${() => setGroup(one)}>${one === RECENT ? "🕘" : SIGNS[one]}</button>`;
      })}
    </div>
  `;
}

/** One stop for the tab key; the arrows go about in it. @param {{label: string, shown: Shown[], pick: (emoji: string) => void}} props */
function Grid({ label, shown, pick }) {
  const [at, setAt] = useState(0);
  const grid = useRef(/** @type {HTMLElement | null} */ (null));
  const columns = innerWidth > 680 ? 9 : 7;
  const rows = Array.from({ length: Math.ceil(shown.length / columns) }, (_, row) => shown.slice(row * columns, (row + 1) * columns));
  const now = shown[at] ?? shown[0];
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const next = stepped(event.key, at, shown.length, columns, document.dir === "rtl");
    if (next === null) return;
    event.preventDefault();
    const buttons = grid.current?.querySelectorAll("button");
    const target = next < 0 ? grid.current?.closest("dialog")?.querySelector("input") : buttons?.[next];
    if (next >= 0) setAt(next);
    target?.focus();
  };
  if (!shown.length) return html`<p class="none" role="status">${t("Nothing is called that.")}</p>`;
  return html`
    <div class="grid" role="grid" aria-label=${label} ref=${grid} onKeyDown=${pressed}>
      ${rows.map((row, index) => html`
        <div class="cells" role="row" key=${index}>${row.map(({ emoji, name }, column) => {
          const place = index * columns + column;
          return html`<span role="gridcell" key=${emoji}><button type="button" tabindex=${place === at ? 0 : -1} aria-label=${name} title=${name}
            onFocus=${() => setAt(place)} onClick=${() => pick(emoji)}>${emoji}</button></span>`;
        })}</div>
      `)}
    </div>
    <p class="called" aria-hidden="true"><span>${now.emoji}</span> <bdi>${now.name}</bdi> ${now.code && html`<code>:${now.code}:</code>`}</p>
  `;
}

/** @param {{names: string[], skin: number, choose: (skin: number) => void}} props */
function Tones({ names, skin, choose }) {
  const all = [t("No tone of skin"), ...names];
  return html`
    <fieldset class="tones">
      <legend class="sr">${t("Tone of skin")}</legend>
      ${all.map((name, index) => html`
        <label key=${index} title=${name}><input type="radio" class="sr" name="tone" aria-label=${name} checked=${index === skin} onChange=${() => choose(index)} />${HANDS[index]}</label>
      `)}
    </fieldset>
  `;
}

/** Beside its anchor, inside the window; on a phone the sheet puts it below. @param {HTMLDialogElement} element @param {DOMRect} near */
function opened(element, near) {
  element.showModal();
  if (matchMedia("(hover: none)").matches) element.focus(); // or a keyboard comes up that covers it
  const { offsetWidth: width, offsetHeight: height } = element;
  const above = near.top - height - 6;
  const top = above > 8 ? above : Math.min(near.bottom + 6, innerHeight - height - 8);
  const begin = document.dir === "rtl" ? near.left : near.right - width;
  element.style.setProperty("--left", `${Math.max(8, Math.min(begin, innerWidth - width - 8))}px`);
  element.style.setProperty("--top", `${Math.max(8, top)}px`);
}
