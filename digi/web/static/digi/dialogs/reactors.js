// @ts-check
// Everybody who put an emoji to a message.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { person } from "../selectors.js";
import { Dialog } from "./dialog.js";
import { Named } from "./people.js";

/** @param {{message: Message}} props */
export function Reactors({ message }) {
  const { client } = useDigi();
  const state = client.state.value;
  const now = state.rooms.get(message.room)?.messages.find(({ id }) => id === message.id) ?? message;
  return html`
    <${Dialog} title=${t("Who reacted")} class="small">
      ${(now.reactions ?? []).map(({ emoji, people }) => html`
        <section key=${emoji} class="reactors" aria-label=${emoji}>
          <h3><span class="emoji">${emoji}</span> ${people.length}</h3>
          <ul class="results">${people.map((name) => html`<li key=${name} class="option still"><${Named} person=${person(state, name)} /></li>`)}</ul>
        </section>
      `)}
    <//>
  `;
}
