// @ts-check
// People's faces with whether they are here, and the same in words. Asks for presence by telling who is on the screen.
import { useDigi } from "./context.js";
import { html } from "./html.js";
import { n, t } from "./language.js";
import { Avatar } from "./pieces.js";
import { brief } from "./times.js";
import { useEffect } from "./vendor/hooks.js";
import { useComputed } from "./vendor/signals.js";

const MINUTE = 60_000; // ms

/** An avatar with a dot for who is here. @param {{person: Person, class?: string}} props */
export function Face({ person, class: kind = "" }) {
  const state = usePresence(person.username)?.state;
  const dot = state === "online" ? "on" : state === "away" ? "away" : "";
  return html`
    <${Avatar} person=${person} class=${`${kind} ${dot}`} />
    ${dot && html`<span class="sr">${dot === "on" ? t("online") : t("away")}</span>`}
  `;
}

/** @param {string | undefined} username @returns {Presence | undefined} what is known of somebody who is watched */
export function usePresence(username) {
  const { client } = useDigi();
  return useComputed(() => client.presence.value.get(username ?? "")).value;
}

/** These people are on this part of the screen, for as long as it is. @param {string} part @param {string[]} people */
export function useWatch(part, people) {
  const { client } = useDigi();
  useEffect(() => client.watcher.watch(part, people), [part, people.join(" ")]);
  useEffect(() => () => client.watcher.watch(part, []), [part]);
}

/** @param {Presence | undefined} presence @param {number} now */
export function presenceWords(presence, now) {
  if (!presence) return "";
  if (presence.state === "online") return t("Online");
  if (presence.state === "away") return t("Away");
  return presence.seen_at ? lastSeen(presence.seen_at, now) : t("Offline");
}

/** @param {string} moment @param {number} now */
function lastSeen(moment, now) {
  const minutes = Math.max(0, Math.floor((now - Date.parse(moment)) / MINUTE));
  if (minutes < 1) return t("Last seen just now");
  if (minutes < 60) return n(minutes, "Last seen {count} min ago", "Last seen {count} min ago");
  if (minutes < 24 * 60) return n(Math.floor(minutes / 60), "Last seen {count} h ago", "Last seen {count} h ago");
  return t("Last seen {when}", { when: brief(moment, now) });
}
