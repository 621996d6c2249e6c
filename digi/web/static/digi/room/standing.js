// @ts-check
// How a change stands that the server has not taken yet, and what one can do about it.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useEffect, useState } from "../vendor/hooks.js";

/** @param {string} type of a command */
function wordsOf(type) {
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

/** What can still be taken back. @param {{change: Pending}} props */
export function OnHold({ change }) {
  const { client, drafts, screen } = useDigi();
  const seconds = useSeconds(change.until ?? 0);
  const { key, room, command } = change;
  const isAdd = command.type === "message.add";
  const undo = () => {
    const item = client.outbox.undo(key);
    if (!item || !isAdd) return;
    drafts.restore(room, String(command.body), /** @type {string | undefined} */ (command.reply_to));
    screen.focusComposer();
  };
  return html`
    <span class="state onhold">
      <span aria-hidden="true">${isAdd ? t("Sending in {seconds} s", { seconds }) : ""}</span>
      <button type="button" onClick=${undo}>${t("Undo")}</button>
      ${isAdd && html`<button type="button" onClick=${() => client.outbox.release(key)}>${t("Send now")}</button>`}
    </span>
  `;
}

/** Whole seconds that are left. @param {number} until ms since the epoch */
function useSeconds(until) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** @param {{change: Pending}} props */
export function Refused({ change: { key, command, problem } }) {
  const { client } = useDigi();
  const { failed, drop } = wordsOf(command.type);
  return html`
    <div class="refused" role="alert">
      <${Icon} name="alert" /><span>${failed}: ${problem?.detail}</span>
      <button type="button" onClick=${() => client.outbox.retry(key)}>${t("Retry")}</button>
      <button type="button" onClick=${() => client.outbox.remove(key)}>${drop}</button>
    </div>
  `;
}
