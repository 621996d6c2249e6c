// @ts-check
// The settings and their sheet, which are loaded when they are first wanted.
import { sheet } from "../../sheets.js";
import { SettingsDialog } from "./settings.js";

/** @param {import("../../context.js").Digi} digi @param {string} [part] the one to begin with */
export async function open({ client, screen }, part) {
  await screen.bring(() => sheet(client.boot.urls["settings.css"] ?? "/static/digi/css/settings.css"));
  screen.open(SettingsDialog, { part });
}
