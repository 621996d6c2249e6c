// @ts-check
// Looking for people by name, and choosing some of them.
import { useDigi } from "../context.js";
import { Face, useWatch } from "../faces.js";
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { get, withQuery } from "../requests.js";
import { useEffect, useId, useState } from "../vendor/hooks.js";
import { useChoice } from "./choosing.js";
import { fuzzy } from "./fuzzy.js";

const PAUSE = 150; // ms without a letter before asking
const MOST = 20;

/** Who matches: at once whom one knows, friends first, and what the server answers after. @param {string} query @returns {Person[]} */
export function usePeople(query) {
  const { client } = useDigi();
  const q = query.trim();
  const found = useFound(q);
  const state = client.state.value;
  const known = q ? ranked(q, [...state.people.values()], state) : friendsOf(state);
  const all = new Map([...known, ...found].map((person) => [person.username, person]));
  all.delete(state.me.username);
  return [...all.values()].slice(0, MOST);
}

/** What the server finds, once one pauses. @param {string} q @returns {Person[]} */
function useFound(q) {
  const [found, setFound] = useState(/** @type {{q: string, people: Person[]}} */ ({ q: "", people: [] }));
  useEffect(() => {
    if (!q) return undefined;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const { people } = await get(withQuery("/people", { q })).catch(() => ({ people: [] }));
      if (isCurrent) setFound({ q, people });
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [q]);
  return found.q === q ? found.people : [];
}

/** @param {State} state @returns {Person[]} */
function friendsOf({ friends }) {
  return [...friends.values()].filter(({ state }) => state === "friend").map(({ profile }) => profile);
}

/** @param {string} q @param {Person[]} people @param {State} state */
function ranked(q, people, { friends }) {
  const scored = people.flatMap((person) => {
    const score = likeness(q, person);
    return score === null ? [] : [{ person, score: score + (friends.get(person.username)?.state === "friend" ? 10 : 0) }];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ person }) => person);
}

/** How well a person's names answer; null if they do not. @param {string} q @param {Person} person */
export function likeness(q, { display_name, username }) {
  const scores = [fuzzy(q, display_name), fuzzy(q, username)].flatMap((match) => (match ? [match.score] : []));
  return scores.length ? Math.max(...scores) : null;
}

/**
 * Choose several: a field with what is chosen in it, and who matches below.
 * @param {{chosen: Person[], onChange: (people: Person[]) => void, label: string, without?: ReadonlySet<string>}} props
 */
export function ChoosePeople({ chosen, onChange, label, without }) {
  const [query, setQuery] = useState("");
  const id = useId();
  const taken = new Set(chosen.map(({ username }) => username));
  const people = usePeople(query).filter(({ username }) => !taken.has(username) && !without?.has(username));
  useWatch("found", people.map(({ username }) => username));
  const choice = useChoice(people.length, (index) => take(people[index]));
  /** @param {Person} person */
  const take = (person) => (onChange([...chosen, person]), setQuery(""), choice.point(0));
  /** @param {Person} person */
  const drop = (person) => onChange(chosen.filter((one) => one !== person));
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const isSent = event.key === "Enter" && !query.trim() && chosen.length > 0; // the form, as in any field
    if (!isSent && !choice.pressed(event) && event.key === "Backspace" && !query && chosen.length) drop(chosen[chosen.length - 1]);
  };
  return html`
    <div class="choose">
      <label for=${id}>${label}</label>
      ${chosen.length > 0 && html`<ul class="chips">${chosen.map((person) => html`<${Chip} key=${person.username} person=${person} drop=${drop} />`)}</ul>`}
      <input id=${id} class="field" type="text" placeholder=${t("Name or username")} autocomplete="off" autocapitalize="none" autofocus value=${query}
        role="combobox" aria-expanded=${people.length > 0} aria-controls=${`${id}-found`} aria-autocomplete="list"
        aria-activedescendant=${people.length ? `${id}-${choice.active}` : undefined}
        onInput=${typed((text) => (setQuery(text), choice.point(0)))} onKeyDown=${pressed} />
      <${Found} id=${id} people=${people} choice=${choice} take=${take} />
      ${!people.length && html`<p class="none" role="status">${query.trim() ? t("Nobody found by that name.") : t("Type a name to find somebody.")}</p>`}
    </div>
  `;
}

/** @param {{id: string, people: Person[], choice: ReturnType<typeof useChoice>, take: (person: Person) => void}} props */
function Found({ id, people, choice, take }) {
  return html`
    <ul class="results" id=${`${id}-found`} role="listbox" aria-label=${t("Found")}>
      ${people.map(
        (person, index) => html`
          <li key=${person.username} id=${`${id}-${index}`} role="option" class="option" aria-selected=${index === choice.active}
            onPointerMove=${() => choice.point(index)} onClick=${() => take(person)}><${Named} person=${person} /></li>`,
      )}
    </ul>
  `;
}

/** @param {{person: Person, drop: (person: Person) => void}} props */
function Chip({ person, drop }) {
  return html`
    <li class="chip">
      <bdi>${person.display_name}</bdi>
      <${IconButton} label=${t("Take out {name}", { name: person.display_name })} icon="close" onClick=${() => drop(person)} />
    </li>
  `;
}

/** @param {{person: Person, marks?: [number, number][], also?: string}} props `marks`: where in the name it answers what was typed */
export function Named({ person, marks = [], also }) {
  const more = [person.bot && t("bot"), also].filter(Boolean).map((words) => ` · ${words}`);
  return html`
    <${Face} person=${person} />
    <span class="name"><bdi><${Marked} text=${person.display_name} marks=${marks} /></bdi> <small><bdi>@${person.username}</bdi>${more}</small></span>
  `;
}

/** A text with the letters that were typed. @param {{text: string, marks: [number, number][]}} props */
export function Marked({ text, marks }) {
  let at = 0;
  const parts = marks.flatMap(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return [before, html`<mark>${text.slice(from, to)}</mark>`];
  });
  return [...parts, text.slice(at)];
}
