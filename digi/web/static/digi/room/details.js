// @ts-check
// What a room is: what it is about, what is pinned, who is in it, and what one may do with it.
import { onCloseRequest } from "../closing.js";
import { useDigi } from "../context.js";
import { Face, presenceWords, usePresence, useWatch } from "../faces.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { partner, title } from "../selectors.js";
import { useEffect } from "../vendor/hooks.js";
import { Connect } from "./connect.js";
import { Manage } from "./manage.js";
import { Members } from "./members.js";
import { Partner } from "./partner.js";
import { Pinned } from "./pinned.js";

/** @param {{room: RoomState}} props */
export function Details({ room }) {
  const { client, screen } = useDigi();
  const state = client.state.value;
  const other = partner(state, room);
  useEffect(() => void client.history.members(room.about.id), [room.membersKnown]);
  useOverlay(screen);
  return html`
    <div class="veil" onClick=${() => screen.toggleDetails(false)}></div>
    <aside class="info" aria-label=${t("Room details")}>
      <header>
        <h2>${other ? t("Person") : t("Room")}</h2>
        <${IconButton} label=${t("Hide the details")} icon="close" onClick=${() => screen.toggleDetails(false)} />
      </header>
      ${other ? html`<${Profile} person=${other} />` : html`<${About} room=${room} name=${title(state, room)} />`}
      <${Pinned} room=${room} />
      ${other ? html`<${Partner} person=${other} />` : html`<${Members} room=${room} />`}
      <${Manage} room=${room} />
      <${Connect} id=${room.about.id} />
    </aside>
  `;
}

/** Where the details lie over the room, the keyboard goes there with them, and back; a phone's way back closes them. @param {import("../context.js").Screen} screen */
function useOverlay(screen) {
  useEffect(() => {
    if (screen.isWide.matches) return undefined;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @type {HTMLElement | null} */ (document.querySelector(".info > header button"))?.focus();
    const stop = onCloseRequest(() => screen.toggleDetails(false));
    return () => {
      stop();
      before?.focus?.();
    };
  }, []);
}

/** @param {{person: Person}} props */
function Profile({ person }) {
  const { screen } = useDigi();
  useWatch("details", [person.username]);
  const presence = presenceWords(usePresence(person.username), screen.now.value);
  return html`
    <div class="face">
      <${Face} person=${person} class="big" />
      <b><bdi>${person.display_name}</bdi></b>
      <small><bdi>@${person.username}</bdi>${person.bot && ` · ${t("bot")}`}</small>
      ${presence && html`<small class="presence">${presence}</small>`}
    </div>
  `;
}

/** @param {{room: RoomState, name: string}} props */
function About({ room, name }) {
  const { kind, topic, archived } = room.about;
  const who = kind === "public" ? t("Anyone may enter this room by its name.") : t("Only its members see this group.");
  return html`
    <section class="about">
      <b><bdi>${kind === "public" ? "# " : ""}${name}</bdi></b>
      ${topic && html`<p dir="auto">${topic}</p>`}
      <small>${who}${archived && ` ${t("It is archived: nothing can be added.")}`}</small>
    </section>
  `;
}
