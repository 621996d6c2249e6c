// @ts-check
// The service worker and its new versions, where the browser lets a page have one (https, or this machine itself).
// A new version is offered and takes over when somebody says so; other tabs are told, and go on as they are.
import { useDigi } from "./context.js";
import { html } from "./html.js";
import { t } from "./language.js";
import { Icon } from "./pieces.js";

const ADDRESS = "/sw.js";
const OFTEN = 60 * 60 * 1000; // ms between two looks for a new version

/** @typedef {import("./context.js").Digi} Digi */

/** @param {Digi} digi */
export async function register(digi) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const registration = await serviceWorker.register(address(), { updateViaCache: "none" }).catch(() => null);
  if (!registration) return; // the browser does not want to, or there is no way to the server
  const look = () => void (registration.waiting && registration.active && offer(digi, registration));
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  let former = serviceWorker.controller;
  serviceWorker.addEventListener("controllerchange", () => {
    if (former) takenOver(digi); // else it is the first one
    former = serviceWorker.controller;
  });
  setInterval(() => registration.update().catch(() => {}), OFTEN);
  look();
}

/** The one address of a script that this page may make of a text (policy.py). */
function address() {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  return trustedTypes ? trustedTypes.createPolicy("digi", { createScriptURL: () => ADDRESS }).createScriptURL("") : ADDRESS;
}

let isAsked = false;

/** @param {Digi} digi @param {ServiceWorkerRegistration} registration */
function offer({ screen }, registration) {
  const reload = () => {
    isAsked = true;
    if (registration.waiting) registration.waiting.postMessage({ type: "take over" });
    else location.reload();
  };
  screen.offer.value = () => html`<${NewVersion} reload=${reload} />`;
}

/** @param {Digi} digi */
function takenOver({ screen }) {
  if (isAsked) location.reload();
  else screen.offer.value = () => html`<${NewVersion} reload=${() => location.reload()} />`;
}

/** @param {{reload: () => void}} props */
function NewVersion({ reload }) {
  const { screen } = useDigi();
  return html`
    <section class="offer" aria-label=${t("New version")}>
      <p role="status"><${Icon} name="reload" />${t("There is a new version.")}</p>
      <div class="buttons">
        <button type="button" class="btn quiet" onClick=${() => (screen.offer.value = null)}>${t("Later")}</button>
        <button type="button" class="btn" onClick=${reload}>${t("Reload")}</button>
      </div>
    </section>
  `;
}
