// @ts-check
// Passing a message on: to which rooms and people.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html, typed } from "../html.js";
import { n, t } from "../language.js";
import { IconButton } from "../pieces.js";
import { inbox, partner, person, silenced, title } from "../selectors.js";
import { Sign } from "../sidebar/row.js";
import { snippet } from "../text/plain.js";
import { useId, useState } from "../vendor/hooks.js";
import { spoken } from "../words.js";
import { Dialog } from "./dialog.js";
import { fuzzy } from "./fuzzy.js";
import { Named, likeness, usePeople } from "./people.js";

const MOST = 12;

/** @typedef {{key: string, name: string, view: any, room?: string, person?: string}} Target */

/** @param {{message: Message}} props */
export function Forward({ message }) {
  const { client, screen } = useDigi();
  const [chosen, setChosen] = useState(/** @type {Target[]} */ ([]));
  const [wrong, setWrong] = useState("");
  const author = person(client.state.value, message.forwarded_from ?? message.author).display_name;
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    try {
      for (const target of chosen) void client.forward(message, target.room ?? (await roomWith(client, target)));
      screen.close();
      screen.note.value = n(chosen.length, "Forwarded to {count} conversation", "Forwarded to {count} conversations");
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  return html`
    <${Dialog} title=${t("Forward")}>
      <form class="stack" onSubmit=${submit}>
        <blockquote dir="auto"><b><bdi>${author}</bdi></b> ${snippet(message.body, 280)}</blockquote>
        <${Choose} chosen=${chosen} onChange=${setChosen} />
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="buttons"><button class="btn" disabled=${!chosen.length}>${t("Forward")}</button></div>
      </form>
    <//>
  `;
}

/** The direct room with somebody, made where there is none. @param {import("../client.js").Client} client @param {Target} target */
async function roomWith(client, { person }) {
  const { room } = await client.ask({ type: "room.create", kind: "direct", people: [person] });
  return room?.id ?? "";
}

/** @param {{chosen: Target[], onChange: (chosen: Target[]) => void}} props */
function Choose({ chosen, onChange }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const taken = new Set(chosen.map(({ key }) => key));
  const targets = useTargets(query).filter(({ key }) => !taken.has(key));
  const active = Math.min(at, targets.length - 1);
  /** @param {Target} target */
  const take = (target) => (onChange([...chosen, target]), setQuery(""), setAt(0));
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (by && targets.length) setAt((active + by + targets.length) % targets.length);
    else if (event.key === "Enter" && targets[active] && (query.trim() || !chosen.length)) take(targets[active]);
    else if (event.key === "Backspace" && !query && chosen.length) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
  };
  return html`
    <div class="choose">
      <label for=${id}>${t("To whom?")}</label>
      ${chosen.length > 0 && html`<ul class="chips">${chosen.map((one) => html`<${Chip} key=${one.key} target=${one} drop=${() => onChange(chosen.filter((other) => other !== one))} />`)}</ul>`}
      <input id=${id} class="field" type="text" placeholder=${t("A room or a person")} autocomplete="off" autocapitalize="none" autofocus value=${query}
        role="combobox" aria-expanded=${targets.length > 0} aria-controls=${`${id}-found`} aria-autocomplete="list"
        aria-activedescendant=${targets.length ? `${id}-${active}` : undefined} onInput=${typed((text) => (setQuery(text), setAt(0)))} onKeyDown=${pressed} />
      <ul class="results" id=${`${id}-found`} role="listbox" aria-label=${t("Found")}>
        ${targets.map((target, index) => html`
          <li key=${target.key} id=${`${id}-${index}`} role="option" class="option" aria-selected=${index === active}
            onPointerMove=${() => setAt(index)} onClick=${() => take(target)}>${target.view}</li>
        `)}
      </ul>
      ${!targets.length && html`<p class="none" role="status">${t("Nothing found by that name.")}</p>`}
    </div>
  `;
}

/** @param {{target: Target, drop: () => void}} props */
function Chip({ target: { name }, drop }) {
  return html`<li class="chip"><bdi>${name}</bdi><${IconButton} label=${t("Take out {name}", { name })} icon="close" onClick=${drop} /></li>`;
}

/** Rooms that can be written in, newest first, and people with whom there is none yet. @param {string} query @returns {Target[]} */
function useTargets(query) {
  const { client } = useDigi();
  const state = client.state.value;
  const q = query.trim();
  const open = inbox(state).filter((room) => !silenced(state, room));
  const rooms = open.filter((room) => {
    const other = partner(state, room);
    return !q || fuzzy(q, title(state, room)) || (other && likeness(q, other) !== null);
  });
  const partners = new Set(open.map((room) => partner(state, room)?.username));
  const people = usePeople(query).filter(({ username }) => !partners.has(username));
  return [
    ...rooms.map((room) => ({
      key: room.about.id, room: room.about.id, name: spoken(state, room),
      view: html`<${Sign} room=${room} state=${state} /><span class="name"><bdi>${title(state, room)}</bdi></span>`,
    })),
    ...people.map((person) => ({ key: `@${person.username}`, person: person.username, name: person.display_name, view: html`<${Named} person=${person} />` })),
  ].slice(0, MOST);
}
