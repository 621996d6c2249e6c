// @ts-check
// What completes a name that is begun: people, rooms, emoji, commands; and the list of them.
import { folded } from "../folding.js";
import { html } from "../html.js";
import { isRightToLeft, t } from "../language.js";
import { Avatar, Icon } from "../pieces.js";
import { present } from "../selectors.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";
import { apply } from "./edits.js";
import { commandsFor } from "./slash.js";
import { triggerAt } from "./triggers.js";

const MOST = 8;

/** @typedef {import("./completing.js").Option} Option */

/**
 * @param {import("./triggers.js").Trigger} trigger
 * @param {RoomState} room
 * @param {import("../context.js").Digi} digi
 * @returns {Promise<Option[]>}
 */
export async function optionsFor({ sign, query }, room, digi) {
  if (sign === "@") return peopleFor(query, room, digi);
  if (sign === "#") return roomsFor(query, digi.client.state.peek());
  if (sign === ":") return emojiFor(query);
  return commandsFor(room).filter(({ name }) => name.startsWith(query)).map(commandOption);
}

/** @param {string} query @param {RoomState} room @param {import("../context.js").Digi} digi */
async function peopleFor(query, room, { client }) {
  if (!room.membersKnown) await client.history.members(room.about.id);
  const state = client.state.peek();
  const now = state.rooms.get(room.about.id) ?? room;
  const people = present(now).map(({ person, profile }) => state.people.get(person) ?? profile);
  const friends = [...state.friends.values()].filter(({ state }) => state === "friend").map(({ profile }) => profile);
  const named = ranked(query, distinct([...people, ...friends]).filter(({ username }) => username !== state.me.username));
  const mayCallAll = now.about.kind === "group" || (now.about.kind === "public" && now.entry.role !== "member");
  const all = mayCallAll && "everyone".startsWith(folded(query)) ? [everyone()] : [];
  return [...named.map(personOption), ...all].slice(0, MOST);
}

/** @param {Person[]} people */
function distinct(people) {
  return [...new Map(people.map((person) => [person.username, person])).values()];
}

/** Those whose name, or a word of it, begins so; then those where it occurs. @param {string} query @param {Person[]} people */
function ranked(query, people) {
  const wanted = folded(query);
  /** @param {Person} person */
  const rank = ({ username, display_name }) => {
    const words = [username, ...display_name.split(/\s+/)].map(folded);
    if (words.some((word) => word.startsWith(wanted))) return 0;
    return words.some((word) => word.includes(wanted)) ? 1 : 2;
  };
  return people.map((person) => /** @type {const} */ ([rank(person), person])).filter(([rank]) => rank < 2)
    .sort(([a], [b]) => a - b).map(([, person]) => person);
}

/** @param {{icon: string}} props */
function Sign({ icon }) {
  return html`<span class="sign"><${Icon} name=${icon} /></span>`;
}

/** @param {Person} person @returns {Option} */
function personOption(person) {
  const { username, display_name } = person;
  return {
    key: username, text: `@${username} `,
    view: html`<${Avatar} person=${person} /><span class="name"><bdi>${display_name}</bdi> <small>@${username}</small></span>`,
  };
}

/** @returns {Option} */
function everyone() {
  return { key: "everyone", text: "@everyone ", view: html`<${Sign} icon="people" /><span class="name">@everyone <small>${t("all members")}</small></span>` };
}

/** Only rooms whose name is one word can be named in a text. @param {string} query @param {State} state @returns {Option[]} */
function roomsFor(query, state) {
  const names = [...state.rooms.values()].flatMap(({ about }) => (about.kind === "public" && about.name ? [about.name] : []));
  const wanted = folded(query);
  const fitting = names.filter((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name) && folded(name).includes(wanted));
  fitting.sort((a, b) => Number(!folded(a).startsWith(wanted)) - Number(!folded(b).startsWith(wanted)) || a.localeCompare(b));
  return fitting.slice(0, MOST).map((name) => ({ key: name, text: `#${name} `, view: html`<${Sign} icon="hash" /><span class="name"><bdi>${name}</bdi></span>` }));
}

/** @param {string} query @returns {Promise<Option[]>} */
async function emojiFor(query) {
  const { find } = await import("../emoji/data.js"); // large, and wanted by few
  const found = await find(query, MOST).catch(() => []);
  return found.map(({ emoji, name }) => ({
    key: emoji, text: `${emoji} `, view: html`<span class="emoji">${emoji}</span><span class="name">${name}</span>`,
  }));
}

/** @param {import("./slash.js").Slash} command @returns {Option} */
function commandOption({ name, takes, words }) {
  return {
    key: name, text: `/${name} `,
    view: html`<span class="name"><b>/${name}</b>${takes && html` <i>${takes}</i>`} <small>${words}</small></span>`,
  };
}

/** @param {HTMLTextAreaElement} area @param {import("./triggers.js").Trigger} trigger @param {string} text */
export function put(area, { from, to }, text) {
  const end = from + text.length;
  apply(area, { from, to, text, select: [end, end] });
}

/**
 * The list, above what is typed, or below where there is more room.
 * @param {{id: string, area: HTMLTextAreaElement, options: Option[], active: number, choose: (option: Option) => void, point: (index: number) => void}} props
 */
export function List({ id, area, options, active, choose, point }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    list.current?.showPopover();
  }, []);
  useLayoutEffect(() => {
    if (list.current) place(list.current, area);
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  return html`
    <ul class="completions" id=${id} role="listbox" popover="manual" aria-label=${t("Suggestions")} ref=${list}
      onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${options.map((option, index) => html`
        <li key=${option.key} id=${`${id}-${index}`} class="option" role="option" aria-selected=${index === active}
          onPointerMove=${() => index !== active && point(index)} onClick=${() => choose(option)}>${option.view}</li>
      `)}
    </ul>
  `;
}

/** @param {HTMLElement} list @param {HTMLElement} area */
function place(list, area) {
  const box = (area.closest(".compose, .editor") ?? area).getBoundingClientRect();
  list.style.setProperty("--width", `${Math.min(box.width, innerWidth - 16)}px`);
  const height = list.offsetHeight;
  const isAbove = box.top - height - 6 > 8;
  const left = isRightToLeft() ? box.right - list.offsetWidth : box.left;
  list.style.setProperty("--left", `${Math.max(8, left)}px`);
  list.style.setProperty("--top", `${isAbove ? box.top - height - 6 : box.bottom + 6}px`);
}

/** Where a name begins before the caret, if one does. @param {HTMLTextAreaElement | null} area @param {boolean} hasCommands */
export function triggerOf(area, hasCommands) {
  if (!area || area.selectionStart !== area.selectionEnd) return undefined;
  return triggerAt(area.value, area.selectionStart, { hasCommands });
}
