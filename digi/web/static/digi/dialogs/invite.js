// @ts-check
// Bringing people into a room.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useCommand } from "../room/command.js";
import { useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { ChoosePeople } from "./people.js";

/** @param {{id: string}} props the room's */
export function Invite({ id }) {
  const { client, screen } = useDigi();
  const { run, wrong } = useCommand();
  const [chosen, setChosen] = useState(/** @type {Person[]} */ ([]));
  const room = client.state.value.rooms.get(id);
  const inside = new Set([...(room?.members.values() ?? [])].filter(({ left }) => !left).map(({ person }) => person));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    for (const person of chosen) if (!(await run({ type: "room.invite", room: id, person: person.username }))) return;
    screen.close();
  };
  return html`
    <${Dialog} title=${t("Bring somebody in")}>
      <form class="stack" onSubmit=${submit}>
        <${ChoosePeople} label=${t("Who?")} chosen=${chosen} onChange=${setChosen} without=${inside} />
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="buttons"><button class="btn" disabled=${!chosen.length}>${t("Bring in")}</button></div>
      </form>
    <//>
  `;
}
