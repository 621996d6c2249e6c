// @ts-check
// The map of the keys, drawn from the table they are run from.
import { html } from "../html.js";
import { t } from "../language.js";
import { SHORTCUTS } from "../shortcuts.js";
import { Dialog } from "./dialog.js";

const SIGNS = /** @type {Record<string, string>} */ ({ ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" });
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

export function Keymap() {
  const groups = [...new Set(SHORTCUTS.map(({ group }) => group))];
  return html`
    <${Dialog} title=${t("Keyboard map")} class="wide">
      <div class="keymap">
        ${groups.map(
          (group) => html`
            <section key=${group} aria-labelledby=${`keys-${group}`}>
              <h3 id=${`keys-${group}`}>${groupWords(group)}</h3>
              <dl>${SHORTCUTS.filter((one) => one.group === group).map((one) => html`<${Line} key=${one.id} shortcut=${one} />`)}</dl>
            </section>`,
        )}
      </div>
    <//>
  `;
}

/** @param {{shortcut: import("../shortcuts.js").Shortcut}} props */
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
  const names = { Mod: isMac ? "⌘" : t("Ctrl"), Alt: isMac ? "⌥" : t("Alt"), Shift: isMac ? "⇧" : t("Shift"), Escape: t("Esc"), ContextMenu: t("Menu"), Enter: t("Enter"), Home: t("Home"), End: t("End"), PageUp: t("Page up"), PageDown: t("Page down"), Delete: t("Delete") };
  return combination.split("+").map((key) => names[/** @type {keyof typeof names} */ (key)] ?? SIGNS[key] ?? key).join(isMac ? "" : " ");
}

/** @param {import("../shortcuts.js").Group} group */
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
  };
}
