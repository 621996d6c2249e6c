// @ts-check
// Making a group: people, and a name if it wants one.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html, typed } from "../html.js";
import { useState } from "../vendor/hooks.js";
import { ChoosePeople } from "./people.js";

export function NewGroup() {
  const { client, router, screen } = useDigi();
  const [chosen, setChosen] = useState(/** @type {Person[]} */ ([]));
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    try {
      const people = chosen.map(({ username }) => username);
      const called = name.trim() ? { name: name.trim() } : {};
      const { room } = await client.ask({ type: "room.create", kind: "group", people, ...called });
      screen.close();
      if (room) router.go(room.id);
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  return html`
    <form class="stack" onSubmit=${submit}>
      <${ChoosePeople} label="Who is in it?" chosen=${chosen} onChange=${setChosen} />
      <label>Name <input class="field" maxlength="80" value=${name} placeholder="What it is called" onInput=${typed(setName)} /></label>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="buttons"><button class="btn" disabled=${!chosen.length}>Make the group</button></div>
    </form>
  `;
}
