// @ts-check
// The map of the keys, drawn from the table they are run from.
import { html } from "../html.js";
import { t } from "../language.js";
import { SHORTCUTS } from "../shortcuts.js";
import { Dialog } from "./dialog.js";

const SIGNS = /** @type {Record<string, string>} */ ({ ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" });
const isMac = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? "");

/** @typedef {{id: string, keys: string[]}} Key */

/**
 * Keys by where they work: anywhere as the table has them, elsewhere as that part of the page takes them.
 * @type {Record<"around" | "list" | "conversation" | "message" | "writing", Key[]>}
 */
export const KEYS = {
  around: [...SHORTCUTS, { id: "out", keys: ["Escape"] }],
  list: [
    { id: "row", keys: ["ArrowUp", "ArrowDown"] },
    { id: "row-open", keys: ["Enter"] },
    { id: "row-menu", keys: ["Shift+F10", "ContextMenu"] },
  ],
  conversation: [
    { id: "step", keys: ["ArrowUp", "ArrowDown"] },
    { id: "screen", keys: ["PageUp", "PageDown"] },
    { id: "ends", keys: ["Home", "End"] },
  ],
  message: [
    { id: "reply", keys: ["R"] },
    { id: "react", keys: ["+"] },
    { id: "edit", keys: ["E"] },
    { id: "pin", keys: ["P"] },
    { id: "forward", keys: ["F"] },
    { id: "copy", keys: ["C"] },
    { id: "link", keys: ["L"] },
    { id: "unread", keys: ["U"] },
    { id: "delete", keys: ["Delete"] },
    { id: "menu", keys: ["Enter", "ContextMenu"] },
  ],
  writing: [
    { id: "send", keys: ["Enter"] },
    { id: "line", keys: ["Shift+Enter"] },
    { id: "last", keys: ["ArrowUp"] },
    { id: "bold", keys: ["Mod+B"] },
    { id: "italic", keys: ["Mod+I"] },
    { id: "code", keys: ["Mod+E"] },
    { id: "strike", keys: ["Mod+Shift+X"] },
    { id: "complete", keys: ["@", "#", ":", "/"] },
  ],
};

export function Keymap() {
  const groups = /** @type {(keyof typeof KEYS)[]} */ (Object.keys(KEYS));
  return html`
    <${Dialog} title=${t("Keyboard map")} class="wide">
      <div class="keymap">
        ${groups.map(
          (group) => html`
            <section key=${group} aria-labelledby=${`keys-${group}`}>
              <h3 id=${`keys-${group}`}>${groupWords(group)}</h3>
              <dl>${KEYS[group].map((one) => html`<${Line} key=${one.id} shortcut=${one} />`)}</dl>
            </section>`,
        )}
      </div>
    <//>
  `;
}

/** @param {{shortcut: Key}} props */
function Line({ shortcut: { id, keys } }) {
  return html`
    <div>
      <dt>${words()[id] ?? id}</dt>
      <dd>${keys.map((combination, at) => html`${at > 0 && html` <span>${t("or")}</span> `}<kbd>${keysOf(combination)}</kbd>`)}</dd>
    </div>
  `;
}

/** A combination as keyboards have it printed. @param {string} combination */
export function keysOf(combination) {
  const names = keyNames();
  return combination.split("+").map((key) => names[key] ?? SIGNS[key] ?? key).join(isMac ? "" : " ");
}

/** @returns {Record<string, string>} */
function keyNames() {
  return {
    Mod: isMac ? "⌘" : t("Ctrl"),
    Alt: isMac ? "⌥" : t("Alt"),
    Shift: isMac ? "⇧" : t("Shift"),
    Escape: t("Esc"),
    ContextMenu: t("Menu"),
    Enter: t("Enter ↵"),
    Home: t("Home"),
    End: t("End"),
    PageUp: t("Page up"),
    PageDown: t("Page down"),
    Delete: t("Del"),
  };
}

/** @param {keyof typeof KEYS} group */
function groupWords(group) {
  return {
    around: t("Anywhere"),
    list: t("In the list"),
    conversation: t("In the conversation"),
    message: t("On a message"),
    writing: t("While writing"),
  }[group];
}

/** What each does, by its id in the table. @returns {Record<string, string>} */
export function words() {
  return {
    find: t("Find or jump to a room, a person, an action"),
    next: t("Next conversation"),
    previous: t("Previous conversation"),
    "next-unread": t("Next unread conversation"),
    "previous-unread": t("Previous unread conversation"),
    mentions: t("Mentions of you"),
    details: t("Show or hide the details"),
    settings: t("Settings"),
    part: t("Next part of the page"),
    "part-back": t("Part of the page before"),
    keys: t("This map"),
    out: t("Out of what is open, then to the field for writing"),
    row: t("Up and down the list"),
    "row-open": t("Open the conversation"),
    "row-menu": t("Star, mute, mark as read, leave"),
    step: t("From message to message"),
    screen: t("A screen up or down"),
    ends: t("To the first and to the newest"),
    reply: t("Reply"),
    react: t("React"),
    edit: t("Edit"),
    pin: t("Pin, or unpin"),
    forward: t("Forward"),
    copy: t("Copy text"),
    link: t("Copy link"),
    unread: t("Mark unread from here"),
    delete: t("Delete"),
    menu: t("All that can be done"),
    send: t("Send"),
    line: t("A new line"),
    last: t("Edit the last message, in an empty field"),
    bold: t("Bold"),
    italic: t("Italic"),
    code: t("Code"),
    strike: t("Strike through"),
    complete: t("Complete a person, a room, an emoji, a command"),
  };
}
