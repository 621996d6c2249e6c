// @ts-check
// Begins the island where the server does not answer: from what this browser keeps. Once there is a line again, the
// logs are caught up with as after any outage.
import { recall } from "./cache.js";
import { learnToSpeak } from "./catalogs.js";
import { html } from "./html.js";
import { isRightToLeft, t } from "./language.js";
import { posIn, roomIn } from "./router.js";
import { render } from "./vendor/preact.js";
import { effect } from "./vendor/signals.js";

/** @typedef {(island: HTMLElement, boot: Boot, recalled: import("./main.js").Recalled) => import("./context.js").Digi} Start */

/** @param {HTMLElement} island @param {Start} start */
export async function begin(island, start) {
  const room = roomIn(location.pathname);
  const recalled = await recall(room);
  await learnToSpeak(recalled?.boot.language ?? document.documentElement.lang);
  island.replaceChildren();
  if (!recalled) return render(html`<${Nothing} />`, island);
  const { boot, ...rest } = recalled;
  const { documentElement: root } = document;
  root.lang = boot.language;
  root.dir = isRightToLeft(boot.language) ? "rtl" : "ltr";
  const { client } = start(island, { ...boot, ...ofThisVersion(), at: posIn(location.pathname) }, rest);
  effect(() => {
    // A room by its name, or one this browser never saw: the server knows.
    if (client.link.value.is === "open" && room && !client.room(room)) location.reload();
  });
}

/** Addresses of files change with the version, and this page may be newer than what is kept. @returns {Partial<Boot>} */
function ofThisVersion() {
  return JSON.parse(document.getElementById("shell")?.textContent ?? "{}");
}

function Nothing() {
  addEventListener("online", () => location.reload());
  return html`
    <main class="teach">
      <p>${t("The server cannot be reached, and this browser keeps no conversations of yours yet.")}</p>
      <button type="button" class="btn" onClick=${() => location.reload()}>${t("Try again")}</button>
    </main>
  `;
}
