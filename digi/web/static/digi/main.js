// @ts-check
// Starts the island: reads what the server wrote into the page and takes its place.
import { App } from "./app.js";
import { Client } from "./client.js";
import { Context, Screen, remember } from "./context.js";
import { draftsOf } from "./drafts.js";
import { html } from "./html.js";
import { icons } from "./pieces.js";
import { Router } from "./router.js";
import { allUnread, title } from "./selectors.js";
import { render } from "./vendor/preact.js";
import { effect } from "./vendor/signals.js";

/** @type {Boot} */
const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "null");
const island = document.getElementById("island");
if (boot && island) start(island);

/** @param {HTMLElement} island */
function start(island) {
  icons.url = boot.urls.icons ?? icons.url;
  remember("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  const client = new Client(boot);
  const router = new Router(boot.room);
  const digi = { client, router, screen: new Screen(), drafts: draftsOf(boot.me.username) };
  island.replaceChildren(); // and filled again before the browser paints
  render(html`<${Context.Provider} value=${digi}><${App} /><//>`, island);
  keepTitle(client, router);
  keepAwake(client);
  client.start();
}

/** @param {Client} client @param {Router} router */
function keepTitle({ state, boot }, router) {
  effect(() => {
    const room = state.value.rooms.get(router.room.value ?? "");
    const count = allUnread(state.value);
    const name = `${room ? title(state.value, room) : "Conversations"} · ${boot.name ?? "Digi"}`;
    document.title = count ? `(${count > 99 ? "99+" : count}) ${name}` : name;
  });
}

/** What may end an outage ends it at once; what may have cut the line is found out. @param {Client} client */
function keepAwake(client) {
  const { connection, outbox, link, boot } = client;
  const nudge = () => {
    connection.nudge();
    outbox.pump();
  };
  let triedAt = 0;
  const acted = () => {
    if (link.peek().is !== "waiting" || Date.now() - triedAt < 3000) return;
    triedAt = Date.now();
    connection.nudge(); // somebody is here and waits: do not let them
  };
  for (const sign of ["keydown", "pointerdown", "focus"]) addEventListener(sign, acted, { passive: true });
  addEventListener("pagehide", () => client.leave());
  addEventListener("online", nudge);
  addEventListener("offline", () => connection.nudge());
  addEventListener("pageshow", (event) => event.persisted && nudge());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && nudge());
  effect(() => {
    if (link.value.is !== "signed-out") return;
    location.assign(`${boot.urls.login ?? "/accounts/login/"}?next=${encodeURIComponent(location.pathname)}`);
  });
}
