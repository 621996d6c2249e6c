// @ts-check
// What is pinned in a room, newest pin first: each leads to its place, and may be taken down.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { person } from "../selectors.js";
import { snippet } from "../text/plain.js";
import { brief } from "../times.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { firstName } from "../words.js";

/** @param {{room: RoomState}} props */
export function Pinned({ room }) {
  const { client } = useDigi();
  const { id } = room.about;
  const pinned = client.pinned.value.get(id);
  const [wrong, setWrong] = useState("");
  useEffect(() => void client.openPins(id).catch((error) => setWrong(sentence(error))), [id, !pinned]);
  if (!pinned?.messages.length) return wrong && !pinned && html`<section class="pins"><p class="wrong" role="alert">${wrong}</p></section>`;
  return html`
    <section class="pins" aria-labelledby="pinned">
      <h3 id="pinned">${t("Pinned")}</h3>
      <ul>${pinned.messages.map((message) => html`<${One} key=${message.id} message=${message} room=${room} />`)}</ul>
      ${pinned.more && html`<small>${t("There are older ones, which are not shown here.")}</small>`}
    </section>
  `;
}

/** @param {{message: Message, room: RoomState}} props */
function One({ message, room }) {
  const { client, router, screen } = useDigi();
  const author = person(client.state.value, message.author);
  const jump = () => {
    if (!screen.isWide.matches) screen.toggleDetails(false);
    router.go(message.room, message.pos);
  };
  return html`
    <li class="pin">
      <button type="button" class="goto" onClick=${jump}>
        <b><bdi>${firstName(author)}</bdi></b> <small>${brief(message.sent_at, screen.now.value)}</small>
        <span class="words"><bdi>${snippet(message.body, 140)}</bdi></span>
      </button>
      ${!room.about.archived && html`<${IconButton} label=${t("Unpin")} icon="close" onClick=${() => client.pin(message, false)} />`}
    </li>
  `;
}
