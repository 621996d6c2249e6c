// @ts-check
// What others may know of one, and whom one has blocked.
import { useDigi } from "../../context.js";
import { html } from "../../html.js";
import { t } from "../../language.js";
import { Avatar } from "../../pieces.js";
import { person } from "../../selectors.js";
import { Switch, Wrong, useChange } from "./controls.js";

/** @param {import("./settings.js").PartProps} props */
export function Privacy({ chosen, save }) {
  return html`
    <fieldset class="group">
      <legend>${t("Others see")}</legend>
      <${Switch} name="show_online" words=${t("Whether I am here")} chosen=${chosen.show_online} save=${save} />
      <${Switch} name="show_last_seen" words=${t("When I was last here")} chosen=${chosen.show_last_seen} save=${save} />
      <${Switch} name="show_reads" words=${t("What I have read")} chosen=${chosen.show_reads} save=${save}
        hint=${t("Without this you do not see it of them either.")} />
    </fieldset>
    <${Blocked} save=${save} />
  `;
}

/** @param {{save: import("./settings.js").Save}} props */
function Blocked({ save }) {
  const { client } = useDigi();
  const [change, wrong] = useChange(save);
  const state = client.state.value;
  const people = [...state.blocks.values()].filter(({ active }) => active).map((block) => person(state, block.person));
  return html`
    <section aria-labelledby="blocked">
      <h4 class="label" id="blocked">${t("Blocked people")}</h4>
      ${people.length === 0 && html`<p class="hint">${t("Nobody. Who is blocked cannot write to you directly, nor ask to be friends.")}</p>`}
      ${people.length > 0 && html`
        <ul class="blocked">
          ${people.map((one) => html`<${Row} key=${one.username} one=${one} unblock=${() => change({ person: one.username }, "person.unblock")} />`)}
        </ul>`}
      <${Wrong} text=${wrong} />
    </section>
  `;
}

/** @param {{one: Person, unblock: () => unknown}} props */
function Row({ one, unblock }) {
  return html`
    <li>
      <${Avatar} person=${one} />
      <span class="name"><bdi>${one.display_name}</bdi> <small>@${one.username}</small></span>
      <button type="button" class="btn quiet" aria-label=${t("Unblock {name}", { name: one.display_name })} onClick=${unblock}>${t("Unblock")}</button>
    </li>
  `;
}
