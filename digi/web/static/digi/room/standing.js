// @ts-check
// How a change stands that the server has not taken yet, and what one can do about it.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Icon } from "../pieces.js";

const WAITS = /** @type {Record<string, string>} */ ({ "message.add": "Sending…", "message.edit": "Saving…", "message.delete": "Deleting…" });
const FAILED = /** @type {Record<string, string>} */ ({ "message.add": "Not sent", "message.edit": "Not saved", "message.delete": "Not deleted" });

/** @param {{change: Pending}} props */
export function Standing({ change }) {
  const { client } = useDigi();
  const { type } = change.command;
  if (change.state !== "refused") {
    const isConnected = client.link.value.is === "open";
    return html`<span class="state">${isConnected ? WAITS[type] : "Waiting for the connection"}</span>`;
  }
  return html`
    <div class="refused" role="alert">
      <${Icon} name="alert" /><span>${FAILED[type]}: ${change.problem?.detail}</span>
      <button type="button" onClick=${() => client.outbox.retry(change.key)}>Retry</button>
      <button type="button" onClick=${() => client.outbox.remove(change.key)}>${type === "message.add" ? "Delete" : "Discard"}</button>
    </div>
  `;
}
