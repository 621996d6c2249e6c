// @ts-check
// What every view can reach: the client, the address, the drafts, and what is open on the screen.
import { draftsOf } from "./drafts.js";
import { createContext } from "./vendor/preact.js";
import { useContext } from "./vendor/hooks.js";
import { signal } from "./vendor/signals.js";

/**
 * @typedef {{label: string, icon: string, run: () => void, isDanger?: boolean, isOn?: boolean}} Action
 * @typedef {{actions: Action[], near: DOMRect, label: string}} OpenMenu
 * @typedef {{view: (props: any) => any, props: object}} OpenDialog
 */

export class Screen {
  constructor() {
    this.menu = signal(/** @type {OpenMenu | null} */ (null));
    this.dialog = signal(/** @type {OpenDialog | null} */ (null));
    /** The id of the message that is being edited. */
    this.editing = signal(/** @type {string | null} */ (null));
    /** The id of the message that the composer answers. */
    this.replying = signal(/** @type {string | null} */ (null));
    /** Room details: on a wide screen they stay as they were left. */
    this.isWide = matchMedia("(min-width: 1101px)");
    this.details = signal(this.isWide.matches && !/(^|; )details=0/.test(document.cookie));
    this.now = signal(Date.now());
  }

  toggleDetails(to = !this.details.peek()) {
    this.details.value = to;
    if (this.isWide.matches) remember("details", to ? "1" : "0");
  }

  /** @param {OpenDialog["view"]} view @param {object} [props] */
  open(view, props = {}) {
    this.menu.value = null;
    this.dialog.value = { view, props };
  }

  close() {
    this.dialog.value = null;
  }

  /** @param {Element} anchor @param {Action[]} actions @param {string} label */
  openMenu(anchor, actions, label) {
    this.menu.value = { actions, label, near: anchor.getBoundingClientRect() };
  }

  focusComposer() {
    /** @type {HTMLElement | null} */ (document.querySelector(".compose textarea"))?.focus();
  }
}

/** For the server's first paint, which cannot ask the browser. @param {string} name @param {string} value */
export function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}

/**
 * @typedef {object} Digi
 * @property {import("./client.js").Client} client
 * @property {import("./router.js").Router} router
 * @property {Screen} screen
 * @property {ReturnType<typeof draftsOf>} drafts
 */

export const Context = createContext(/** @type {Digi} */ (/** @type {unknown} */ (null)));

export function useDigi() {
  return useContext(Context);
}
