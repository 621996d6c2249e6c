// @ts-check
// The keys that work anywhere, in one table: they are run from it, and the map of the keys (dialogs/keymap.js) is drawn
// from it.
import { isLetter, openFinder, openKeys, openMentions, openSettings } from "./openers.js";

/**
 * @typedef {import("./context.js").Digi} Digi
 * @typedef {import("./context.js").Screen} Screen
 * @typedef {{id: string, keys: string[], run: (digi: Digi) => unknown}} Shortcut `Mod` is Ctrl, or ⌘ on a Mac
 */

/** @type {Shortcut[]} */
export const SHORTCUTS = [
  { id: "find", keys: ["Mod+K"], run: ({ screen }) => openFinder(screen) },
  { id: "next", keys: ["Alt+ArrowDown"], run: () => neighbour(1) },
  { id: "previous", keys: ["Alt+ArrowUp"], run: () => neighbour(-1) },
  { id: "next-unread", keys: ["Alt+Shift+ArrowDown"], run: () => neighbour(1, true) },
  { id: "previous-unread", keys: ["Alt+Shift+ArrowUp"], run: () => neighbour(-1, true) },
  { id: "mentions", keys: ["Mod+Shift+M"], run: ({ screen }) => openMentions(screen) },
  { id: "details", keys: ["Mod+Shift+D"], run: ({ screen, router }) => router.room.peek() && screen.toggleDetails() },
  { id: "settings", keys: ["Mod+,"], run: (digi) => openSettings(digi) },
  { id: "part", keys: ["F6"], run: () => part(1) },
  { id: "part-back", keys: ["Shift+F6"], run: () => part(-1) },
  { id: "keys", keys: ["?"], run: ({ screen }) => openKeys(screen) },
];

/** The parts of the page, and where the focus goes in them: to the first that is there. */
const PARTS = [
  [".side", ".list .row[tabindex='0']", ".find input"],
  [".log", ".msg[tabindex='0']"],
  [".compose", "textarea"],
  [".info", "button"],
];

/** Has the table's keys do what they say, and a letter typed into nothing go to the composer. @param {Digi} digi @returns {() => void} ends it */
export function listen(digi) {
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.defaultPrevented || digi.screen.dialog.peek() || digi.screen.menu.peek()) return;
    const found = shortcutOf(event);
    if (found && !(found.keys[0].length === 1 && isField(event.target))) {
      event.preventDefault();
      found.run(digi);
    } else if (event.target === document.body && isLetter(event)) digi.screen.focusComposer();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}

/** @param {KeyboardEvent} event */
export function shortcutOf(event) {
  const combination = combinationOf(event);
  return SHORTCUTS.find(({ keys }) => keys.includes(combination));
}

/** The pressed keys as the table writes them. @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event */
export function combinationOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase(); // "?" needs Shift on some keyboards
  const name = key.length === 1 ? key.toUpperCase() : key;
  return [(ctrlKey || metaKey) && "Mod", altKey && "Alt", shiftKey && !isSign && "Shift", name].filter(Boolean).join("+");
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof Element && !!target.closest("input, textarea, select, [contenteditable]");
}

/** To the next row of the list, round at its ends. @param {1 | -1} by @param {boolean} [isUnread] only rows that call for one */
function neighbour(by, isUnread = false) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".list .row")]);
  const current = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const from = current < 0 && by < 0 ? 0 : current;
  const others = rows.map((_, index) => rows.at((from + by * (index + 1)) % rows.length));
  others.find((row) => row && row !== rows[current] && (!isUnread || row.querySelector(".badge:not(.quiet)")))?.click();
}

/** Into the next part of the page that is on the screen. @param {1 | -1} by */
function part(by) {
  const shown = PARTS.flatMap(([region, ...stops]) => {
    const element = document.querySelector(region);
    const found = /** @type {(HTMLElement | null | undefined)[]} */ (stops.map((stop) => element?.querySelector(stop)));
    const target = found.find((one) => one?.getClientRects().length);
    return target ? [{ element, target }] : [];
  });
  const at = shown.findIndex(({ element }) => element?.contains(document.activeElement));
  shown.at(at < 0 && by < 0 ? -1 : (at + by) % shown.length)?.target.focus();
}
