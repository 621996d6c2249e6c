// @ts-check
// One field that leads everywhere: to one's rooms, into a room by its name, to a person; and to a new group.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html, typed } from "../html.js";
import { Icon } from "../pieces.js";
import { inbox, partner, title } from "../selectors.js";
import { Sign } from "../sidebar/row.js";
import { useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { NewGroup } from "./group.js";
import { Named, matches, usePeople } from "./people.js";

/** @typedef {{key: string, view: any, run: () => Promise<void> | void}} Option */

export function Start() {
  const [isGroup, setIsGroup] = useState(false);
  return isGroup
    ? html`<${Dialog} key="group" title="New group"><${NewGroup} /><//>`
    : html`<${Dialog} key="find" title="Find or start a conversation"><${Find} newGroup=${() => setIsGroup(true)} /><//>`;
}

/** @param {{newGroup: () => void}} props */
function Find({ newGroup }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [wrong, setWrong] = useState("");
  const options = useOptions(query, newGroup);
  const active = Math.min(at, options.length - 1);
  /** @param {Option | undefined} option */
  const choose = async (option) => {
    try {
      await option?.run();
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setAt((active + by + options.length) % options.length);
    else if (event.key === "Enter") choose(options[active]);
    else return;
    event.preventDefault();
  };
  return html`
    <label class="sr" for="find">Room, person or conversation</label>
    <input id="find" class="field" type="text" autofocus autocomplete="off" spellcheck=${false} maxlength="80"
      placeholder="A room's name, or a person's" value=${query}
      role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant=${`found-${active}`}
      onInput=${typed((text) => (setQuery(text), setAt(0), setWrong("")))} onKeyDown=${pressed} />
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    <ul class="results" id="found" role="listbox" aria-label="Found">
      ${options.map(
        ({ key, view }, index) => html`
          <li key=${key} id=${`found-${index}`} role="option" class="option" aria-selected=${index === active}
            onPointerMove=${() => setAt(index)} onClick=${() => choose(options[index])}>${view}</li>`,
      )}
    </ul>
  `;
}

/** @param {string} query @param {() => void} newGroup @returns {Option[]} */
function useOptions(query, newGroup) {
  const { client, router, screen } = useDigi();
  const name = query.trim().replace(/\s+/g, " ");
  const state = client.state.value;
  /** @param {string} id */
  const enter = (id) => (screen.close(), router.go(id));
  /** @param {Command} command */
  const made = async (command) => enter((await client.ask(command)).room?.id ?? "");
  const rooms = inbox(state).filter((room) => isMeant(state, room, name));
  const partners = new Set(rooms.map((room) => partner(state, room)?.username));
  const people = usePeople(query).filter(({ username }) => !partners.has(username));
  const isThere = rooms.some(({ about }) => about.kind === "public" && about.name?.toLowerCase() === name.toLowerCase());
  return [
    ...rooms.slice(0, 6).map((room) => ({ key: room.about.id, view: roomView(state, room), run: () => enter(room.about.id) })),
    ...people.slice(0, 8).map((person) => ({
      key: `@${person.username}`,
      view: html`<${Named} person=${person} />`,
      run: () => made({ type: "room.create", kind: "direct", people: [person.username] }),
    })),
    ...(name && !isThere ? [{ key: "open", view: openView(name), run: () => made({ type: "room.open", name }) }] : []),
    { key: "group", view: groupView(), run: newGroup },
  ];
}

/** @param {State} state @param {RoomState} room @param {string} name */
function isMeant(state, room, name) {
  return matches(name, title(state, room), partner(state, room)?.username ?? "");
}

/** @param {State} state @param {RoomState} room */
function roomView(state, room) {
  return html`<${Sign} room=${room} state=${state} /><span class="name"><bdi>${title(state, room)}</bdi></span>`;
}

/** @param {string} name */
function openView(name) {
  return html`
    <span class="sign"><${Icon} name="hash" /></span>
    <span class="name">Enter the room <b><bdi>${name}</bdi></b> <small>public; made if there is none</small></span>
  `;
}

function groupView() {
  return html`
    <span class="sign"><${Icon} name="people" /></span>
    <span class="name">New group <small>private; you choose who</small></span>
  `;
}
