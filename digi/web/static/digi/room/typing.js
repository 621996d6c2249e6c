// @ts-check
// Who is writing, above the composer, in a place that is always there; and what was just done, where nothing else shows it.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { n, t } from "../language.js";
import { person } from "../selectors.js";
import { useEffect } from "../vendor/hooks.js";
import { listed } from "./names.js";

const SHOWN = 2500; // ms
const NAMED = 2; // people; more are only called several

/** @param {{room: RoomState}} props */
export function TypingLine({ room }) {
  const { client, screen } = useDigi();
  const state = client.state.value;
  const note = screen.note.value;
  useEffect(() => {
    const timer = setTimeout(() => (screen.note.value = ""), note ? SHOWN : 0);
    return () => clearTimeout(timer);
  }, [note]);
  const names = [...(client.typing.value.get(room.about.id) ?? [])].map((name) => person(state, name).display_name);
  return html`
    <div class="typing">
      ${names.length > 0 && html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><bdi>${typingWords(names)}</bdi>`}
      <span class="note" role="status">${note}</span>
    </div>
  `;
}

/** @param {string[]} names */
export function typingWords(names) {
  if (names.length > NAMED) return t("Several people are typing");
  return n(names.length, "{names} is typing", "{names} are typing", { names: listed(names) });
}
