// @ts-check
// How a change stands that the server has not taken yet, and what one can do about it.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Icon } from "../pieces.js";

const WORDS = /** @type {Record<string, {underway: string, failed: string, drop: string}>} */ ({
  "message.add": { underway: "Sending…", failed: "Not sent", drop: "Delete" },
  "message.edit": { underway: "Saving…", failed: "Not saved", drop: "Discard" },
  "message.delete": { underway: "Deleting…", failed: "Not deleted", drop: "Discard" },
});

/** @param {{change: Pending}} props */
export function Underway({ change }) {
  const { client } = useDigi();
  const isConnected = client.link.value.is === "open";
  return html`<bdi class="state">${isConnected ? WORDS[change.command.type]?.underway : "Waiting for the connection"}</bdi>`;
}

/** @param {{change: Pending}} props */
export function Refused({ change: { key, command, problem } }) {
  const { client } = useDigi();
  const words = WORDS[command.type];
  return html`
    <div class="refused" role="alert">
      <${Icon} name="alert" /><span>${words?.failed}: ${problem?.detail}</span>
      <button type="button" onClick=${() => client.outbox.retry(key)}>Retry</button>
      <button type="button" onClick=${() => client.outbox.remove(key)}>${words?.drop}</button>
    </div>
  `;
}
