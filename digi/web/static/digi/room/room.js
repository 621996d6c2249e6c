// @ts-check
// One open room: its head, the conversation, the composer, and its details beside or above.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { IconButton } from "../pieces.js";
import { partner, title } from "../selectors.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { spoken } from "../words.js";
import { LinkState } from "../sidebar/link.js";
import { Composer } from "./composer.js";
import { Details } from "./details.js";
import { Timeline } from "./timeline.js";

/** @param {{room: RoomState}} props */
export function Room({ room }) {
  const { client, screen } = useDigi();
  const toNewest = useRef(() => {});
  const { id } = room.about;
  useEffect(() => {
    client.reads.resume(id);
    client.history.open(id);
    return () => void (screen.editing.value = null);
  }, []);
  useEscape();
  return html`
    <main class="room" aria-label=${spoken(client.state.value, room)}>
      <${Head} room=${room} />
      <${Outage} />
      <${Timeline} room=${room} toNewest=${toNewest} />
      <${Composer} room=${room} onSent=${() => toNewest.current()} />
    </main>
    ${screen.details.value && html`<${Details} room=${room} />`}
  `;
}

/** @param {{room: RoomState}} props */
function Head({ room }) {
  const { client, router, screen } = useDigi();
  const state = client.state.value;
  const { kind, topic, archived } = room.about;
  const other = partner(state, room);
  const isOpen = screen.details.value;
  return html`
    <header class="head">
      <${IconButton} label="Back to the conversations" icon="back" class="icon back" onClick=${() => router.back()} />
      <h1>${kind === "public" && html`<span class="sigil" aria-hidden="true"># </span>`}<bdi>${title(state, room)}</bdi></h1>
      <p><bdi>${[archived && "Archived", topic || (other && `@${other.username}`)].filter(Boolean).join(" · ")}</bdi></p>
      <div class="icons">
        <${IconButton} label=${isOpen ? "Hide the details" : "Show the details"} icon=${other ? "info" : "people"}
          aria-expanded=${isOpen} onClick=${() => screen.toggleDetails()} />
      </div>
    </header>
  `;
}

/** On a phone the list, which tells how the connection is, is another screen: say it here once it lasts. */
function Outage() {
  const { client } = useDigi();
  const isDown = client.link.value.is !== "open";
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(isDown), isDown ? 1000 : 0);
    return () => clearTimeout(timer);
  }, [isDown]);
  return isShown && isDown && html`<div class="outage"><${LinkState} /></div>`;
}

/** Escape gets out: of details that lie over the room, then into the composer. */
function useEscape() {
  const { screen } = useDigi();
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || screen.dialog.peek() || screen.menu.peek()) return;
      if (screen.details.peek() && !screen.isWide.matches) screen.toggleDetails(false);
      else screen.focusComposer();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
