// @ts-check
// Starts the island: reads what the server wrote into the page and takes its place.
import { App } from "./app.js";
import { learnToSpeak } from "./catalogs.js";
import { Client, timers } from "./client.js";
import { Context, Screen, detailsAreShown, remember } from "./context.js";
import { draftsOf } from "./drafts.js";
import { html } from "./html.js";
import { ahead } from "./later.js";
import { wear } from "./look.js";
import { icons } from "./pieces.js";
import { post } from "./requests.js";
import { bringDetails } from "./room/aside.js";
import { Router } from "./router.js";
import { settings } from "./settings.js";
import { belongTo } from "./storage.js";
import { render } from "./vendor/preact.js";
import { computed, effect } from "./vendor/signals.js";

/** @typedef {{facts: Fact[], seen: Record<string, number>}} Recalled what this browser kept, beside the boot */

const written = document.getElementById("boot")?.textContent;
const island = document.getElementById("island");
if (island && written) void begin(island, JSON.parse(written));
else if (island) void startWithoutServer(island);

/** @param {HTMLElement} island @param {Boot} boot */
async function begin(island, boot) {
  // The details stand in the server's paint already: they are not to go and come again.
  const details = boot.room && detailsAreShown() ? bringDetails().catch(() => {}) : undefined;
  await Promise.all([learnToSpeak(boot.language), details]);
  start(island, boot);
}

/** @param {HTMLElement} island */
async function startWithoutServer(island) {
  const shell = await import("./shell.js");
  await shell.begin(island, start);
}

/** @param {HTMLElement} island @param {Boot} boot @param {Recalled} [recalled] */
function start(island, boot, recalled) {
  const isFirst = belongTo(boot.me.username);
  icons.url = boot.urls.icons ?? icons.url;
  remember("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  const client = new Client(boot);
  const router = new Router(boot.room, boot.at);
  if (recalled) client.takeUp(recalled);
  const digi = { client, router, screen: new Screen(boot.urls), drafts: keepDrafts(client) };
  island.replaceChildren(); // and filled again before the browser paints
  render(html`<${Context.Provider} value=${digi}><${App} /><//>`, island);
  keepLook(client);
  client.start();
  import("./awake.js").then(({ keepAwake }) => keepAwake(client)).catch(() => {}); // without it, the clock alone ends an outage
  keepAttention(digi).catch(() => {}); // without it the page is all the same a page
  keepForLater(digi, !!recalled, isFirst);
  return digi;
}

/** What makes the next page quick, and one without network possible. @param {import("./context.js").Digi} digi @param {boolean} isRecalled @param {boolean} isFirst */
function keepForLater(digi, isRecalled, isFirst) {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // nobody asked yet
    digi.screen.install.value = /** @type {any} */ (event);
  });
  const begin = async () => {
    const [{ keep }, { register }] = await Promise.all([import("./keeping.js"), import("./installing.js")]);
    await Promise.all([register(digi), keep(digi, isRecalled, isFirst)]);
  };
  void ahead(digi.client, [begin]); // without it the page is all the same a page
}

/** As one chose it, here or on another device. @param {Client} client */
function keepLook({ state }) {
  const me = computed(() => state.value.me);
  effect(() => wear(settings({ me: me.value })));
}

/** What calls somebody who looks elsewhere is not for the first paint. @param {import("./context.js").Digi} digi */
async function keepAttention(digi) {
  const began = digi.client.state.peek();
  const { attend } = await import("./attention/attention.js");
  attend(digi, began);
}

/** What one begins to write is told to the server when there is a way to it, and once more when the page goes. @param {Client} client */
function keepDrafts(client) {
  const drafts = draftsOf(client, timers, (command) => post(command, { keepalive: true }));
  client.caughtUp.add(() => drafts.flush()); // not before: what another device wrote meanwhile would be written over
  addEventListener("pagehide", () => drafts.flush(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && drafts.flush());
  return drafts;
}
