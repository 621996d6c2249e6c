// @ts-check
// What one can do about a change that the server has not taken: take it back while it is held, and try again, or drop
// it, once it was refused.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { wordsOf } from "./standing.js";

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
