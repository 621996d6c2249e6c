// @ts-check
// How the connection is, in words that are true this second.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { linkWords } from "../words.js";

export function LinkState() {
  const { client } = useDigi();
  const link = client.link.value;
  const now = useSeconds(link.is === "waiting");
  const waiting = useHeldUp(client.pending.value);
  const words = linkWords(link, waiting, now);
  const can = link.is === "waiting" || link.is === "offline";
  return html`
    <small class=${`link ${link.is}`} role="status">
      <i class="dot"></i><span>${words}</span>
      ${can && html`<button type="button" onClick=${() => client.connection.nudge()}>${t("Try now")}</button>`}
      ${link.is === "outdated" && html`<button type="button" onClick=${() => location.reload()}>${t("Reload")}</button>`}
    </small>
  `;
}

/** The clock, read every second while it matters. @param {boolean} isTicking */
function useSeconds(isTicking) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isTicking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

/** How many commands wait for longer than an answer takes. @param {Pending[]} pending */
function useHeldUp(pending) {
  const count = pending.filter(({ state }) => state === "waiting" || state === "sending").length;
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setShown(count), count > shown ? 700 : 0);
    return () => clearTimeout(timer);
  }, [count]);
  return Math.min(shown, count);
}
