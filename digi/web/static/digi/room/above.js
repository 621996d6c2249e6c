// @ts-check
// What stands above what one writes: the message it answers, and what was begun on another device meanwhile.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { person } from "../selectors.js";
import { snippet } from "../text/plain.js";

/** What was begun on another device while one wrote here. @param {{id: string, text: string}} props */
export function Other({ id, text }) {
  const { drafts, screen } = useDigi();
  /** @param {boolean} isWanted */
  const settle = (isWanted) => () => (drafts.settle(id, isWanted), screen.focusComposer());
  return html`
    <div class="bar other" role="group" aria-label=${t("Begun on another device")}>
      <span class="words">${t("Begun on another device:")} <bdi>${snippet(text)}</bdi></span>
      <button type="button" onClick=${settle(true)}>${t("Add it here")}</button>
      <button type="button" onClick=${settle(false)}>${t("Discard")}</button>
    </div>
  `;
}

/** What one answers, above what one writes. @param {{room: RoomState, id: string}} props */
export function Answering({ room, id }) {
  const { client, drafts, screen } = useDigi();
  const message = room.messages.find((one) => one.id === id);
  const drop = () => (drafts.answer(room.about.id, undefined), screen.focusComposer());
  return html`
    <div class="quote answering">
      <span class="words">
        ${message ? html`<b><bdi>${t("Replying to {name}", { name: person(client.state.value, message.author).display_name })}</bdi></b> <bdi>${snippet(message.body)}</bdi>` : t("Replying to an earlier message")}
      </span>
      <${IconButton} label=${t("Do not reply")} icon="close" onClick=${drop} />
    </div>
  `;
}
