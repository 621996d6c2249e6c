// @ts-check
// Tells what has come to somebody who does not look at it: by the system's own notices, and a sound. Decides nothing:
// news.js does.
import { readPos } from "../selectors.js";
import { settings } from "../settings.js";
import { kept } from "../storage.js";
import { effect } from "../vendor/signals.js";
import { lastLine, spoken } from "../words.js";
import { ASKED, permission } from "./asking.js";
import { claim } from "./claims.js";
import { news, worthTelling } from "./news.js";
import { Offer } from "./offer.js";
import { chime } from "./sound.js";

const GRACE = 400; // ms in which a tab that shows the message may claim it
const REST = 2000; // ms between two sounds

/** @typedef {import("../context.js").Digi} Digi */

/** Begin to listen. @param {Digi} digi @param {State} before what is no news */
export function keepNotices(digi, before) {
  const { client } = digi;
  effect(() => {
    const after = client.state.value;
    const found = news(before, after);
    before = after;
    for (const one of found) void consider(digi, one);
    for (const [id, pos] of shown) if (isRead(digi, id, pos)) void withdraw(id);
  });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data?.type === "open") digi.router.go(data.room, data.pos);
  });
}

/** @param {Digi} digi @param {import("./news.js").News} found */
async function consider(digi, found) {
  const state = digi.client.state.peek();
  const message = worthTelling(state, settings(state), found, Date.now());
  if (!message) return;
  const { room: id, pos } = message;
  const cameUnseen = document.visibilityState === "hidden"; // now: one may look away while tabs agree on who tells
  if (!isSeen(digi, id)) await new Promise((resolve) => setTimeout(resolve, GRACE));
  const isNew = await claim(state.epoch, id, pos);
  if (isNew && !isSeen(digi, id) && !isRead(digi, id, pos)) await tell(digi, message, cameUnseen);
}

/** Whether the room is before one's eyes in this tab. @param {Digi} digi @param {string} id */
function isSeen({ router }, id) {
  return document.visibilityState === "visible" && router.room.peek() === id;
}

/** @param {Digi} digi @param {string} id @param {number} pos */
function isRead({ client }, id, pos) {
  const room = client.room(id);
  return !room || readPos(room) >= pos;
}

/** @param {Digi} digi @param {Message} message @param {boolean} cameUnseen while one looked elsewhere */
async function tell(digi, message, cameUnseen) {
  const { sounds } = settings(digi.client.state.peek());
  const isHeard = sounds && sound();
  if (permission() === "granted") await show(digi, message, isHeard || !sounds);
  else if (permission() === "default" && cameUnseen && !kept.get(ASKED)) {
    digi.screen.offer.value ??= Offer;
  }
}

let soundedAt = -Infinity;

function sound() {
  const now = Date.now();
  if (now - soundedAt < REST) return true;
  soundedAt = now;
  return chime();
}

/** How far the notice of each room tells that is on the screen now. @type {Map<string, number>} */
const shown = new Map();
/** Those that the page itself showed. @type {Map<string, Notification>} */
const own = new Map();

/** @param {Digi} digi @param {Message} message @param {boolean} silent */
async function show(digi, message, silent) {
  const { client, router } = digi;
  const { room: id, pos } = message;
  const room = client.room(id);
  if (!room) return;
  const state = client.state.peek();
  const title = spoken(state, room);
  const options = { body: lastLine(state, room, message), tag: tagOf(id), renotify: true, silent, data: { room: id, pos } };
  shown.set(id, pos);
  const worker = await registered();
  if (worker) return worker.showNotification(title, options);
  const notice = new Notification(title, options);
  notice.onclick = () => (window.focus(), router.go(id, pos), notice.close());
  own.set(id, notice);
}

/** It was read, here or elsewhere. @param {string} id */
async function withdraw(id) {
  shown.delete(id);
  own.get(id)?.close();
  own.delete(id);
  const notices = await (await registered())?.getNotifications({ tag: tagOf(id) });
  notices?.forEach((notice) => notice.close());
}

/** @param {string} id */
function tagOf(id) {
  return `room:${id}`;
}

/** The service worker, if it runs: what it shows can be answered when this page is gone, and phones know no other way. */
async function registered() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  return registration?.active ? registration : undefined;
}
