// @ts-check
// Who has read a message, as far as they let others know.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { get } from "../requests.js";
import { readersOf } from "../room/ticks.js";
import { person } from "../selectors.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { Named } from "./people.js";

/** @param {{message: Message}} props */
export function Readers({ message }) {
  const { client } = useDigi();
  const [wrong, setWrong] = useState("");
  const [isAsking, setIsAsking] = useState(true);
  useEffect(() => {
    const asked = get(`/rooms/${message.room}/reads`).then(({ reads }) => client.learn([{ reads, of: message.room }]));
    asked.catch((error) => setWrong(sentence(error))).finally(() => setIsAsking(false));
  }, []);
  const state = client.state.value;
  const room = state.rooms.get(message.room);
  const people = room ? readersOf(message, room, state.me.username).map((name) => person(state, name)) : [];
  people.sort((a, b) => a.display_name.localeCompare(b.display_name));
  return html`
    <${Dialog} title=${t("Who has read this")} class="small">
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      ${!people.length && !isAsking && !wrong && html`<p>${t("Nobody that is known of.")}</p>`}
      <ul class="results" aria-busy=${isAsking}>
        ${people.map((one) => html`<li key=${one.username} class="option still"><${Named} person=${one} /></li>`)}
      </ul>
      <p><small>${t("Told in rooms of up to fifty people, of those who let others know what they have read.")}</small></p>
    <//>
  `;
}
