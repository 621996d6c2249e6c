// @ts-check
// Who writes in a room just now, in a few words for a narrow place.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { person } from "../selectors.js";
import { firstName } from "../words.js";

/** @param {{room: RoomState}} props */
export function Typists({ room }) {
  const { client } = useDigi();
  const [first, ...others] = client.typing.value.get(room.about.id) ?? [];
  if (!first) return null;
  if (room.about.kind === "direct") return t("typing…");
  const name = firstName(person(client.state.peek(), first));
  return html`<bdi>${others.length ? t("Several people are typing…") : t("{name} is typing…", { name })}</bdi>`;
}
