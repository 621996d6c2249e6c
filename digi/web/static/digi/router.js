// @ts-check
// Which room the address names, and which message in it, and going there without leaving the page. Alone touches the
// history of the browser.
import { batch, signal } from "./vendor/signals.js";

const ADDRESS = /^\/r\/([^/]+)(?:\/(\d{1,15}))?\/?$/;

/** @param {string} path @returns {string | null} the room's id */
export function roomIn(path) {
  const found = ADDRESS.exec(path)?.[1];
  return found ? decodeURIComponent(found) : null;
}

/** @param {string} path @returns {number | null} the pos of the message that a permanent link names */
export function posIn(path) {
  return Number(ADDRESS.exec(path)?.[2]) || null;
}

/** @param {string | null} room @param {number | null} [pos] */
export function pathOf(room, pos) {
  if (!room) return "/";
  return `/r/${encodeURIComponent(room)}/${pos ? `${pos}/` : ""}`;
}

export class Router {
  /** @param {string | null} room the one the page was opened on @param {number | null} [pos] the message that is asked for */
  constructor(room, pos = null) {
    this.room = signal(room);
    /** The pos that the address names. */
    this.at = signal(pos);
    history.replaceState({ room }, "", pathOf(room, pos)); // a public room's name becomes its id
    addEventListener("popstate", () => this.set(roomIn(location.pathname), posIn(location.pathname)));
  }

  /** @param {string | null} room @param {number | null} [pos] */
  go(room, pos = null) {
    const isThere = room === this.room.peek() && pos === this.at.peek();
    if (!isThere) history.pushState({ room, from: this.room.peek() }, "", pathOf(room, pos));
    else this.at.value = null; // asked for once more
    this.set(room, pos);
  }

  /** @param {string | null} room @param {number | null} pos */
  set(room, pos) {
    batch(() => {
      this.room.value = room;
      this.at.value = pos;
    });
  }

  /** One has gone on from the message that the address names. */
  leavePos() {
    if (!this.at.peek()) return;
    this.at.value = null;
    history.replaceState(history.state, "", pathOf(this.room.peek()));
  }

  /** To the list: by the browser's own way back if one came from there. */
  back() {
    if (history.state?.from === null) history.back();
    else this.go(null);
  }

  /** The click on a link to a room or a message, unless it asks for a new tab. @param {MouseEvent} event @param {string} room @param {number | null} [pos] */
  follow(event, room, pos) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(room, pos);
  }
}
