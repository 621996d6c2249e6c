// @ts-check
// The keys that work anywhere, in one table: they are run from it, and the map of the keys (dialogs/keymap.js) is drawn
// from it.
import { useDigi } from "./context.js";
import { useEffect } from "./vendor/hooks.js";

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

/** Has the table's keys do what they say, and a letter typed into nothing go to the composer. */
export function useShortcuts() {
  const digi = useDigi();
  useEffect(() => {
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
  }, []);
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

/** @param {KeyboardEvent} event */
function isLetter({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
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

/** @param {Screen} screen @param {string} [begun] what to look for */
export async function openFinder(screen, begun = "") {
  const caught = catchTyping();
  await screen.load(() => import("./dialogs/switcher.js"), "Switcher", { begun, caught });
  if (!screen.dialog.peek()) caught.stop();
}

/** @typedef {{text: string, isEntered: boolean, stop: () => void}} Caught `isEntered`: the text was ended by Enter */

/** What is typed until a field is there to take it. @returns {Caught} */
function catchTyping() {
  /** @param {KeyboardEvent} event */
  const take = (event) => {
    if (event.key === "Enter") caught.isEntered = true;
    else if (event.key === "Backspace") caught.text = caught.text.slice(0, -1);
    else if (isLetter(event) || event.key === " ") caught.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const caught = { text: "", isEntered: false, stop: () => removeEventListener("keydown", take, true) };
  addEventListener("keydown", take, true);
  return caught;
}

/** @param {Screen} screen */
export function openStart(screen) {
  return screen.load(() => import("./dialogs/start.js"), "Start");
}

/** @param {Screen} screen */
export function openMentions(screen) {
  return screen.load(() => import("./dialogs/mentions.js"), "Mentions");
}

/** @param {Screen} screen */
export function openFriends(screen) {
  return screen.load(() => import("./dialogs/friends.js"), "Friends");
}

/** @param {Screen} screen */
export function openKeys(screen) {
  return screen.load(() => import("./dialogs/keymap.js"), "Keymap");
}

/** @param {Digi} digi @param {string} [part] the one to begin with */
export async function openSettings(digi, part) {
  const settings = await digi.screen.bring(() => import("./dialogs/settings/open.js"));
  await settings?.open(digi, part);
}
