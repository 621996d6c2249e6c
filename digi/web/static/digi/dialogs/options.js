// @ts-check
// What the switcher offers for what was typed: rooms, people and actions, the likeliest first; at the end a room by name.
import { useDigi } from "../context.js";
import { useWatch } from "../faces.js";
import { holds } from "../folding.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { inbox, partner, title, unread } from "../selectors.js";
import { Sign, short } from "../sidebar/row.js";
import { actions } from "./doing.js";
import { fuzzy } from "./fuzzy.js";
import { Marked, Named, usePeople } from "./people.js";

const RECENT = 8; // rooms while nothing is typed
const MOST = 30;
const IN_TOPIC = 6; // worth of a word in the topic alone
const LATELY = 6; // most that having spoken lately counts

/**
 * @typedef {{key: string, view: any, run: () => unknown}} Option
 * @typedef {Option & {score: number}} Scored
 */

/** @param {string} query @param {ReturnType<typeof import("./write.js").useWrite>} writing @returns {Option[]} */
export function useOptions(query, writing) {
  const digi = useDigi();
  const name = query.trim().replace(/\s+/g, " ");
  const state = digi.client.state.value;
  const people = usePeople(query);
  const rooms = inbox(state);
  useWatch("found", people.map(({ username }) => username));
  /** @param {string} id */
  const enter = (id) => (digi.screen.close(), digi.router.go(id));
  if (!name) return [...recent(state, rooms, digi.router.room.value, enter), ...doings(digi, "")];
  const scored = [...found(state, rooms, name, enter), ...others(state, people, name, writing.write), ...doings(digi, name)];
  scored.sort((a, b) => b.score - a.score);
  const called = name.replace(/^#\s*/, "");
  const isHeld = rooms.some(({ about }) => about.kind === "public" && about.name?.toLowerCase() === called.toLowerCase());
  const open = { key: "open", view: openView(called), run: () => writing.begin({ type: "room.open", name: called }) };
  return [...scored.slice(0, MOST), ...(isHeld || !called ? [] : [open])];
}

/**
 * Where one was last: first the room before this one.
 * @param {State} state
 * @param {RoomState[]} rooms
 * @param {string | null} current
 * @param {(id: string) => void} enter
 * @returns {Option[]}
 */
function recent(state, rooms, current, enter) {
  const others = rooms.filter(({ about }) => about.id !== current && !about.archived);
  return others.slice(0, RECENT).map((room) => ({ key: room.about.id, view: roomView(state, room), run: () => enter(room.about.id) }));
}

/** @param {State} state @param {RoomState[]} rooms newest first @param {string} name @param {(id: string) => void} enter @returns {Scored[]} */
function found(state, rooms, name, enter) {
  return rooms.flatMap((room, index) => {
    const match = matchOf(state, room, name);
    if (!match) return [];
    const score = match.score + Math.max(0, LATELY - index) - (room.about.archived ? LATELY : 0);
    return [{ key: room.about.id, view: roomView(state, room, match.marks), run: () => enter(room.about.id), score }];
  });
}

/** @param {State} state @param {RoomState} room @param {string} name @returns {import("./fuzzy.js").Match | null} */
function matchOf(state, room, name) {
  const called = fuzzy(name.replace(/^[#@]/, ""), title(state, room));
  if (called) return called;
  const other = partner(state, room);
  const byUsername = other && fuzzy(name.replace(/^@/, ""), other.username);
  if (byUsername) return { ...byUsername, marks: [] };
  return room.about.topic && name.length > 1 && holds(name, [title(state, room), room.about.topic]) ? { score: IN_TOPIC, marks: [] } : null;
}

/**
 * People one has no direct room with.
 * @param {State} state
 * @param {Person[]} people
 * @param {string} name
 * @param {(person: Person) => unknown} write
 * @returns {Scored[]}
 */
function others(state, people, name, write) {
  const partners = new Set([...state.rooms.values()].map((room) => partner(state, room)?.username));
  return people
    .filter(({ username }) => !partners.has(username))
    .map((person, index) => {
      const match = fuzzy(name.replace(/^@/, ""), person.display_name);
      const view = html`<${Named} person=${person} marks=${match?.marks} /><small class="kind">${t("Write to")}</small>`;
      return { key: `@${person.username}`, view, run: () => write(person), score: (match?.score ?? IN_TOPIC) - index / 10 };
    });
}

/** @param {import("../context.js").Digi} digi @param {string} name without one, those worth showing at once @returns {Scored[]} */
function doings(digi, name) {
  return actions(digi).flatMap(({ key, icon, words, run, isAtHand }) => {
    const match = name ? fuzzy(name, words) : isAtHand && { score: 0, marks: [] };
    const done = () => (digi.screen.close(), run());
    return match ? [{ key, view: actionView(icon, words, match.marks), run: done, score: match.score - LATELY }] : [];
  });
}

/** @param {State} state @param {RoomState} room @param {[number, number][]} [marks] */
function roomView(state, room, marks = []) {
  const count = unread(room);
  const { topic } = room.about;
  return html`
    <${Sign} room=${room} state=${state} />
    <span class="name"><bdi><${Marked} text=${title(state, room)} marks=${marks} /></bdi>${topic && html` <small><bdi>${topic}</bdi></small>`}</span>
    ${count > 0 && html`<span class="badge" aria-hidden="true">${short(count)}</span>`}
  `;
}

/** @param {string} icon @param {string} words @param {[number, number][]} marks */
function actionView(icon, words, marks) {
  return html`<span class="sign"><${Icon} name=${icon} /></span><span class="name"><${Marked} text=${words} marks=${marks} /></span>`;
}

/** @param {string} name */
function openView(name) {
  return html`
    <span class="sign"><${Icon} name="hash" /></span>
    <span class="name">${t("Enter #{name}", { name })} <small>${t("a public room; made if there is none")}</small></span>
  `;
}
