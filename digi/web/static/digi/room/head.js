// @ts-check
// The head of an open room: what it is called, what it is about, and the ways to what is pinned and who is in it.
import { useDigi } from "../context.js";
import { presenceWords, usePresence } from "../faces.js";
import { html } from "../html.js";
import { n, t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { partner, title } from "../selectors.js";
import { useEffect } from "../vendor/hooks.js";
import { useComputed } from "../vendor/signals.js";

const LATER = 300; // ms: what is pinned may come after what is said

/** @param {{room: RoomState}} props */
export function Head({ room }) {
  const { client, router, screen } = useDigi();
  const { kind } = room.about;
  const other = partner(client.state.value, room);
  const isOpen = screen.details.value;
  return html`
    <header class="head">
      <${IconButton} label=${t("Back to the conversations")} icon="back" class="icon back" onClick=${() => router.back()} />
      <h1>${kind === "public" && html`<span class="sigil" aria-hidden="true"># </span>`}<bdi>${title(client.state.value, room)}</bdi></h1>
      <p><${About} room=${room} other=${other} /></p>
      <div class="icons">
        <${PinButton} id=${room.about.id} />
        <${IconButton} label=${isOpen ? t("Hide the details") : t("Show the details")} icon=${other ? "info" : "people"}
          aria-expanded=${isOpen} onClick=${() => screen.toggleDetails()} />
      </div>
    </header>
  `;
}

/** A topic, or how somebody is. @param {{room: RoomState, other: Person | undefined}} props */
function About({ room, other }) {
  const { screen } = useDigi();
  const presence = presenceWords(usePresence(other?.username), screen.now.value);
  const { topic, archived } = room.about;
  return html`<bdi>${[archived && t("Archived"), topic || (other && `@${other.username}`), presence].filter(Boolean).join(" · ")}</bdi>`;
}

/** How many messages are pinned, and the way to them. @param {{id: string}} props */
function PinButton({ id }) {
  const { client, screen } = useDigi();
  const count = useComputed(() => client.pinned.value.get(id)?.messages.length ?? 0).value;
  const isKnown = useComputed(() => client.pinned.value.has(id)).value;
  useEffect(() => {
    const timer = setTimeout(() => client.openPins(id).catch(() => {}), isKnown ? 0 : LATER); // the details ask again, and tell
    return () => clearTimeout(timer);
  }, [id, isKnown]);
  if (!count) return null;
  const label = n(count, "{count} pinned message", "{count} pinned messages");
  const show = () => {
    screen.toggleDetails(true);
    requestAnimationFrame(() => document.querySelector(".info .pins")?.scrollIntoView({ block: "nearest" }));
  };
  return html`
    <button type="button" class="icon counted" aria-label=${label} title=${label} onClick=${show}>
      <${Icon} name="pin" /><span aria-hidden="true">${count > 99 ? "99+" : count}</span>
    </button>
  `;
}
