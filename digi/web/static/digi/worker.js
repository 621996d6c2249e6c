// @ts-check
// The service worker: hands out what pages are made of without asking the server each time, and the island's empty page
// where the server does not answer. Keeps nothing that somebody wrote: that is the page's (cache.js). The server puts
// BUILD before this: the files of this version, and a name for all of it.

/** @typedef {{version: string, files: string[], shell: string, static: string}} Build */

const PATIENCE = 3000; // ms for the server to answer with a page before what is kept is shown
const AWAY = [502, 503, 504]; // what a proxy says while there is no server behind it
const PREFIX = "digi-";

const build = /** @type {{BUILD: Build}} */ (/** @type {unknown} */ (globalThis)).BUILD;
const CACHE = PREFIX + build.version;
const worker = /** @type {any} */ (globalThis);

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(fill()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (/** @type {any} */ { data }) => data?.type === "take over" && worker.skipWaiting());
worker.addEventListener("notificationclick", (/** @type {any} */ event) => event.waitUntil(opened(event.notification)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !build.files.length) return;
  if (pathname.startsWith(build.static)) event.respondWith(file(request));
  else if (request.mode === "navigate" && /^\/(r\/.+)?$/.test(pathname)) event.respondWith(page(request));
});

/** Fetch all of this version before it takes anything over: a version that is half there is none. */
async function fill() {
  const cache = await caches.open(CACHE);
  const before = await caches.keys();
  await Promise.all(build.files.map(async (url) => {
    const held = isHashed(url) && before.length ? await caches.match(url) : undefined; // an older version had the same
    return held ? cache.put(url, held) : cache.add(url);
  }));
  await cache.add(new Request(build.shell, { cache: "reload", credentials: "omit" }));
}

async function takeOver() {
  const others = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== CACHE);
  await Promise.all(others.map((one) => caches.delete(one)));
  await worker.clients.claim();
}

/** A file under a hashed name never changes. @param {Request} request */
async function file(request) {
  const held = await caches.match(request.url, { ignoreVary: true });
  if (held) return held;
  const answer = await fetch(request);
  if (answer.ok && isHashed(request.url)) {
    const cache = await caches.open(CACHE);
    await cache.put(request.url, answer.clone()).catch(() => {}); // a full disk costs the next time, not this
  }
  return answer;
}

/** @param {string} url */
function isHashed(url) {
  return /\.[0-9a-f]{12}\.\w+$/.test(url);
}

/** The page as the server has it now; if it does not say so in time, the one that begins from what is kept. @param {Request} request */
async function page(request) {
  const asked = fetch(request).then((answer) => (AWAY.includes(answer.status) ? undefined : answer), () => undefined);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return (await Promise.race([asked, late])) ?? (await caches.match(build.shell)) ?? (await asked) ?? Response.error();
}

/** Somebody touched a notice: to the message, in a page that is open if there is one. @param {{data?: {room?: string, pos?: number}, close(): void}} notice */
async function opened(notice) {
  notice.close();
  const { room, pos } = notice.data ?? {};
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((/** @type {any} */ one) => /^\/(r\/.+)?$/.test(new URL(one.url).pathname));
  if (!page) return worker.clients.openWindow(room ? `/r/${encodeURIComponent(room)}/${pos ? `${pos}/` : ""}` : "/");
  page.postMessage({ type: "open", room, pos });
  return page.focus();
}
