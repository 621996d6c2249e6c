// @ts-check
// The way into the settings, with their sheet; they are loaded when they are first wanted.
import { sheet } from "../../sheets.js";

/** @param {import("../../context.js").Digi} digi @param {string} [part] the one to begin with */
export function openSettings({ client, screen }, part) {
  const dressed = sheet(client.boot.urls["settings.css"] ?? "/static/digi/css/settings.css");
  dressed.catch(() => {}); // told below
  const bring = async () => {
    const module = await import("./settings.js");
    await dressed;
    return module;
  };
  return screen.load(bring, "SettingsDialog", { part });
}
