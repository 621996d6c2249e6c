// @ts-check
// Looking for people by name, and choosing some of them.
import { useDigi } from "../context.js";
import { html, typed } from "../html.js";
import { Avatar, IconButton } from "../pieces.js";
import { get, withQuery } from "../requests.js";
import { useEffect, useId, useState } from "../vendor/hooks.js";

const PAUSE = 150; // ms without a letter before asking

/** Who matches, as far as is known: friends at once, the server's answer after. @param {string} query @returns {Person[]} */
export function usePeople(query) {
  const { client } = useDigi();
  const [found, setFound] = useState(/** @type {{query: string, people: Person[]}} */ ({ query: "", people: [] }));
  const q = query.trim();
  useEffect(() => {
    if (!q) return undefined;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const { people } = await get(withQuery("/people", { q })).catch(() => ({ people: [] }));
      if (isCurrent) setFound({ query: q, people });
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [q]);
  const { me, friends } = client.state.value;
  const near = [...friends.values()].filter(({ state }) => state === "friend").map(({ profile }) => profile);
  const known = near.filter((person) => matches(q, person.display_name, person.username));
  const all = new Map([...known, ...(found.query === q && q ? found.people : [])].map((person) => [person.username, person]));
  all.delete(me.username);
  return [...all.values()].slice(0, 20);
}

/** @param {string} query @param {...string} texts */
export function matches(query, ...texts) {
  const wanted = folded(query);
  return texts.some((text) => folded(text).includes(wanted));
}

/** Without case and accents. @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Choose several.
 * @param {{chosen: Person[], onChange: (people: Person[]) => void, label: string, without?: ReadonlySet<string>}} props
 */
export function ChoosePeople({ chosen, onChange, label, without }) {
  const [query, setQuery] = useState("");
  const id = useId();
  const taken = new Set(chosen.map(({ username }) => username));
  const people = usePeople(query).filter(({ username }) => !taken.has(username) && !without?.has(username));
  /** @param {Person} person */
  const take = (person) => (onChange([...chosen, person]), setQuery(""));
  /** @param {Person} person */
  const drop = (person) => onChange(chosen.filter((one) => one !== person));
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key !== "Enter" || event.isComposing || !people[0]) return;
    event.preventDefault();
    take(people[0]);
  };
  return html`
    <div class="choose">
      <label for=${id}>${label}</label>
      <ul class="chips">${chosen.map((person) => html`<${Chip} key=${person.username} person=${person} drop=${drop} />`)}</ul>
      <input id=${id} class="field" type="text" placeholder="Name or username" autocomplete="off" autofocus value=${query}
        onInput=${typed(setQuery)} onKeyDown=${pressed} />
      <ul class="results">
        ${people.map((person) => html`<${Found} key=${person.username} person=${person} take=${take} />`)}
        ${query.trim() && !people.length && html`<li class="none">Nobody found yet by that name.</li>`}
      </ul>
    </div>
  `;
}

/** @param {{person: Person, take: (person: Person) => void}} props */
function Found({ person, take }) {
  return html`<li><button type="button" class="option" onClick=${() => take(person)}><${Named} person=${person} /></button></li>`;
}

/** @param {{person: Person, drop: (person: Person) => void}} props */
function Chip({ person, drop }) {
  return html`
    <li class="chip">
      <bdi>${person.display_name}</bdi>
      <${IconButton} label=${`Take out ${person.display_name}`} icon="close" onClick=${() => drop(person)} />
    </li>
  `;
}

/** @param {{person: Person}} props */
export function Named({ person }) {
  return html`
    <${Avatar} person=${person} />
    <span class="name"><bdi>${person.display_name}</bdi> <small>@${person.username}${person.bot ? " · bot" : ""}</small></span>
  `;
}
