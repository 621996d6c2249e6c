// @ts-check
// What every view can reach: the client, the address, the drafts, and what is open on the screen.
import { sentence } from "./errors.js";
import { t } from "./language.js";
import { sheet } from "./sheets.js";
import { createContext } from "./vendor/preact.js";
import { useContext } from "./vendor/hooks.js";
import { signal } from "./vendor/signals.js";

/**
 * @typedef {{label: string, icon: string, run: () => void, isDanger?: boolean, isOn?: boolean, id?: string, key?: string, emoji?: string}} Action `key`: what runs it
 *   where it is about; `emoji`: shown in its place, in a row before all others
 * @typedef {{view: (props: any) => any, actions: Action[], near: DOMRect, label: string, anchor: Element}} OpenMenu
 * @typedef {{view: (props: any) => any, props: object}} OpenDialog
 */

const WIDE = "(min-width: 1101px)";

export class Screen {
  /** @param {Record<string, string>} [urls] where files are, as the server says */
  constructor(urls = {}) {
    this.sheet = urls["dialog.css"] ?? "/static/digi/css/dialog.css";
    this.menu = signal(/** @type {OpenMenu | null} */ (null));
    this.dialog = signal(/** @type {OpenDialog | null} */ (null));
    /** The id of the message that is being edited. */
    this.editing = signal(/** @type {string | null} */ (null));
    /** What was just done, where nothing else on the screen shows it. */
    this.note = signal("");
    /** Room details: on a wide screen they stay as they were left. */
    this.isWide = matchMedia(WIDE);
    this.details = signal(detailsAreShown());
    this.now = signal(Date.now());
    /** A line above oneself that offers something once. */
    this.offer = signal(/** @type {OpenDialog["view"] | null} */ (null));
    /** The browser's own question whether to install this as an app; asked when somebody wants it. */
    this.install = signal(/** @type {{prompt(): Promise<unknown>} | null} */ (null));
    /** What could not be done, where nothing else on the screen tells it. */
    this.trouble = signal("");
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

  /**
   * Open what a module of its own brings: dialogs are loaded when they are first wanted.
   * @param {() => Promise<Record<string, any>>} bring
   * @param {string} view its name in the module
   * @param {object} [props]
   */
  async load(bring, view, props) {
    this.menu.value = null;
    const brought = await this.bring(bring);
    if (brought) this.open(brought[view], props);
  }

  /** A part of the page that is loaded when it is first wanted; nothing where it cannot be. @template M @param {() => Promise<M>} bring */
  async bring(bring) {
    try {
      const [brought] = await Promise.all([bring(), sheet(this.sheet)]);
      this.trouble.value = "";
      return brought;
    } catch {
      this.trouble.value = t("This part of the page could not be loaded. Try again once you are connected.");
      return undefined;
    }
  }

  /** Ask before what cannot be undone. @param {{title: string, text: string, verb: string, run: () => unknown, quote?: string}} props */
  confirm(props) {
    return this.load(() => import("./dialogs/dialog.js"), "Confirm", props);
  }

  /** What went wrong where nothing on the screen has room to say so. @param {unknown} error */
  tell(error) {
    this.trouble.value = sentence(error);
  }

  close() {
    this.dialog.value = null;
  }

  /** @param {Element} anchor @param {Action[]} actions @param {string} label */
  async openMenu(anchor, actions, label) {
    const near = anchor.getBoundingClientRect();
    const brought = await this.bring(() => import("./dialogs/menu.js"));
    if (brought) this.menu.value = { view: brought.Menu, actions, label, anchor, near };
  }

  focusComposer() {
    /** @type {HTMLElement | null} */ (document.querySelector(".compose textarea"))?.focus();
  }
}

/** Whether a room begins with its details beside it. */
export function detailsAreShown() {
  return matchMedia(WIDE).matches && !/(^|; )details=0/.test(document.cookie);
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
 * @property {import("./drafts.js").Drafts} drafts
 */

export const Context = createContext(/** @type {Digi} */ (/** @type {unknown} */ (null)));

export function useDigi() {
  return useContext(Context);
}
