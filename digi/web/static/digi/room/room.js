// @ts-check
// One open room: its head, the conversation, the composer, and its details beside or above.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { spoken } from "../words.js";
import { LinkState } from "../sidebar/link.js";
import { Aside } from "./aside.js";
import { Composer } from "./composer.js";
import { Head } from "./head.js";
import { Timeline } from "./timeline.js";

/** @param {{room: RoomState}} props */
export function Room({ room }) {
  const { client, screen } = useDigi();
  const toNewest = useRef(() => {});
  const { id } = room.about;
  useEffect(() => {
    client.reads.resume(id);
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
    ${screen.details.value && html`<${Aside} room=${room} />`}
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
