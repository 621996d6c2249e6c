// @ts-check
// How a change stands that the server has not taken yet.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";

/** @param {string} type of a command */
export function wordsOf(type) {
  switch (type) {
    case "message.edit": return { underway: t("Saving…"), failed: t("Not saved"), drop: t("Discard") };
    case "message.delete": return { underway: t("Deleting…"), failed: t("Not deleted"), drop: t("Discard") };
    case "message.react": return { underway: "", failed: t("Reaction not saved"), drop: t("Discard") };
    case "message.pin": return { underway: "", failed: t("Not pinned"), drop: t("Discard") };
    default: return { underway: t("Sending…"), failed: t("Not sent"), drop: t("Delete") };
  }
}

/** @param {{change: Pending}} props */
export function Underway({ change }) {
  const { client } = useDigi();
  const isConnected = client.link.value.is === "open";
  const words = isConnected ? wordsOf(change.command.type).underway : t("Waiting for the connection");
  return html`<bdi class="state"><${Icon} name="clock" />${words}</bdi>`;
}
