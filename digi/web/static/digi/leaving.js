// @ts-check
// The page that signs out: says what would be lost, and has this browser forget before the server does.
import { forgetAll } from "./forgetting.js";
import { keeper, openShelf, outboxName } from "./storage.js";

const PATIENCE = 3000; // ms for the browser to forget; signing out waits no longer

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-leaving]"));
const warning = /** @type {HTMLElement | null} */ (document.querySelector("[data-unsent]"));
form?.addEventListener("submit", (event) => void leave(event, form));
if (warning) void warn(warning);

/** @param {HTMLElement} warning */
async function warn(warning) {
  const who = keeper();
  const items = who ? await (await openShelf(outboxName(who))).load() : [];
  warning.hidden = !items.length;
}

/** @param {Event} event @param {HTMLFormElement} form */
async function leave(event, form) {
  event.preventDefault();
  await Promise.race([forgetAll(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  form.submit();
}
