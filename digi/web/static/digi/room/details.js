// @ts-check
// What a room is: its topic, who is in it, and what one may do with it.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Avatar, IconButton } from "../pieces.js";
import { partner, present, title } from "../selectors.js";
import { useEffect } from "../vendor/hooks.js";
import { Connect } from "./connect.js";
import { Manage } from "./manage.js";
import { Members } from "./members.js";
import { Partner } from "./partner.js";

/** @param {{room: RoomState}} props */
export function Details({ room }) {
  const { client, screen } = useDigi();
  const state = client.state.value;
  const other = partner(state, room);
  useEffect(() => void client.history.members(room.about.id), [room.membersKnown]);
  useFocus(screen);
  return html`
    <div class="veil" onClick=${() => screen.toggleDetails(false)}></div>
    <aside class="info" aria-label="Room details">
      <header>
        <h2>${other ? "Person" : "Room"}</h2>
        <${IconButton} label="Hide the details" icon="close" onClick=${() => screen.toggleDetails(false)} />
      </header>
      ${other && html`<${Face} person=${other} /><${Partner} person=${other} />`}
      ${!other && html`
        <${About} room=${room} name=${title(state, room)} />
        <${Members} room=${room} members=${present(room)} />
        <${Manage} room=${room} />
      `}
      <${Connect} id=${room.about.id} />
    </aside>
  `;
}

/** Where the details lie over the room, the keyboard goes there with them, and back. @param {import("../context.js").Screen} screen */
function useFocus(screen) {
  useEffect(() => {
    if (screen.isWide.matches) return undefined;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @type {HTMLElement | null} */ (document.querySelector(".info > header button"))?.focus();
    return () => before?.focus?.();
  }, []);
}

/** @param {{person: Person}} props */
function Face({ person }) {
  return html`
    <div class="face">
      <${Avatar} person=${person} class="big" />
      <b><bdi>${person.display_name}</bdi></b><small>@${person.username}${person.bot ? " · bot" : ""}</small>
    </div>
  `;
}

/** @param {{room: RoomState, name: string}} props */
function About({ room, name }) {
  const { kind, topic, archived } = room.about;
  const who = kind === "public" ? "Anyone may enter this room by its name." : "Only its members see this group.";
  return html`
    <section class="about">
      <b><bdi>${kind === "public" ? "# " : ""}${name}</bdi></b>
      ${topic && html`<p dir="auto">${topic}</p>`}
      <small>${who}${archived ? " It is archived: nothing can be added." : ""}</small>
    </section>
  `;
}
