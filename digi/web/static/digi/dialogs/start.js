// @ts-check
// A new conversation: with one person, with several, or in a public room by its name.
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { ChoosePeople } from "./people.js";
import { Wrong, useWrite } from "./write.js";

export function Start() {
  return html`
    <${Dialog} title=${t("New conversation")}>
      <${WithPeople} />
      <${InRoom} />
    <//>
  `;
}

function WithPeople() {
  const [chosen, setChosen] = useState(/** @type {Person[]} */ ([]));
  const [name, setName] = useState("");
  const { begin, write, wrong, clear } = useWrite();
  const isGroup = chosen.length > 1;
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const people = chosen.map(({ username }) => username);
    const called = name.trim() ? { name: name.trim() } : {};
    if (isGroup) begin({ type: "room.create", kind: "group", people, ...called });
    else if (chosen[0]) write(chosen[0]);
  };
  /** @param {Person[]} people */
  const choose = (people) => (setChosen(people), clear());
  return html`
    <form class="stack" onSubmit=${submit}>
      <${ChoosePeople} label=${t("With whom?")} chosen=${chosen} onChange=${choose} />
      ${isGroup && html`
        <label>${t("Name of the group")}
          <input class="field" maxlength="80" value=${name} placeholder=${t("Not needed: the names of its people will do")} onInput=${typed(setName)} />
        </label>
      `}
      <${Wrong} wrong=${wrong} />
      <div class="buttons"><button class="btn" disabled=${!chosen.length}>${verb(chosen)}</button></div>
    </form>
  `;
}

/** @param {Person[]} chosen */
function verb(chosen) {
  if (chosen.length > 1) return t("Make the group");
  return chosen[0] ? t("Write to {name}", { name: chosen[0].display_name }) : t("Write");
}

function InRoom() {
  const [name, setName] = useState("");
  const { begin, wrong, clear } = useWrite();
  const wanted = name.trim().replace(/\s+/g, " ");
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (wanted) begin({ type: "room.open", name: wanted });
  };
  return html`
    <form class="stack part" onSubmit=${submit}>
      <label>${t("Or in a public room")}
        <span class="beside">
          <input class="field" maxlength="80" value=${name} placeholder=${t("Name of the room")} autocapitalize="none" onInput=${typed((text) => (setName(text), clear()))} />
          <button class="btn quiet" disabled=${!wanted}><${Icon} name="hash" />${t("Enter")}</button>
        </span>
      </label>
      <p class="hint">${t("Everybody on this server may enter a public room by its name. If there is none of that name, it is made and you own it.")}</p>
      <${Wrong} wrong=${wrong} />
    </form>
  `;
}
