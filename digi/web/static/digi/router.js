// @ts-check
// Which room the address names, and going there without leaving the page. Alone touches the history of the browser.
import { signal } from "./vendor/signals.js";

/** @param {string} path @returns {string | null} the room's id */
export function roomIn(path) {
  const found = /^\/r\/([^/]+)\/?$/.exec(path)?.[1];
  return found ? decodeURIComponent(found) : null;
}

/** @param {string | null} room */
export function pathOf(room) {
  return room ? `/r/${encodeURIComponent(room)}/` : "/";
}

export class Router {
  /** @param {string | null} room the one the page was opened on */
  constructor(room) {
    this.room = signal(room);
    history.replaceState({ room }, "", pathOf(room)); // a public room's name becomes its id
    addEventListener("popstate", () => (this.room.value = roomIn(location.pathname)));
  }

  /** @param {string | null} room */
  go(room) {
    if (room === this.room.peek()) return;
    history.pushState({ room, from: this.room.peek() }, "", pathOf(room));
    this.room.value = room;
  }

  /** To the list: by the browser's own way back if one came from there. */
  back() {
    if (history.state?.from === null) history.back();
    else this.go(null);
  }

  /** The click on a link to a room, unless it asks for a new tab. @param {MouseEvent} event @param {string} room */
  follow(event, room) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(room);
  }
}
