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
    /** @type {import("./vendor/signals.js").Signal<OpenMenu | null>} */ this.menu = signal(null);
    /** @type {import("./vendor/signals.js").Signal<OpenDialog | null>} */ this.dialog = signal(null);
    /** The id of the message that is being edited. @type {import("./vendor/signals.js").Signal<string | null>} */ this.editing = signal(null);
    /** The message that the composer answers. @type {import("./vendor/signals.js").Signal<string | null>} */ this.replying = signal(null);
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

/** @typedef {{client: import("./client.js").Client, router: import("./router.js").Router, screen: Screen, drafts: ReturnType<typeof draftsOf>}} Digi */

export const Context = createContext(/** @type {Digi} */ (/** @type {unknown} */ (null)));

export function useDigi() {
  return useContext(Context);
}
