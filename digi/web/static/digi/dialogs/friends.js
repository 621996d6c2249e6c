// @ts-check
// Friends, requests both ways and whom one has blocked, as they are this moment; and finding somebody new.
import { useDigi } from "../context.js";
import { presenceWords, useWatch, usePresence } from "../faces.js";
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { useId, useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";
import { Named, usePeople } from "./people.js";
import { Wrong, useWrite } from "./write.js";
import { useCommand } from "../room/command.js";

const TOUCH = matchMedia("(pointer: coarse)"); // a keyboard would cover whom one came to see
const MORE = "more";

/** @typedef {"incoming" | "friend" | "outgoing" | "blocked" | "none"} Standing */

export function Friends() {
  const { client } = useDigi();
  const [query, setQuery] = useState("");
  const { friends, blocks } = client.state.value;
  const standings = standingsOf(friends, blocks);
  const of = (/** @type {Standing} */ standing) => standings.flatMap(([person, as]) => (as === standing ? [person] : []));
  useWatch("friends", of("friend").map(({ username }) => username));
  return html`
    <${Dialog} title=${t("Friends")} class="wide">
      <${Find} query=${query} setQuery=${setQuery} standings=${standings} />
      <${Group} heading=${t("Asking you")} people=${of("incoming")} standing="incoming" />
      <${Group} heading=${t("Your friends")} people=${of("friend")} standing="friend"
        empty=${t("No friends here yet. Find somebody above and ask; once they accept, you can write to each other.")} />
      <${Group} heading=${t("You asked")} people=${of("outgoing")} standing="outgoing" />
      <${Group} heading=${t("Blocked")} people=${of("blocked")} standing="blocked" />
    <//>
  `;
}

/** @param {State["friends"]} friends @param {State["blocks"]} blocks @returns {[Person, Standing][]} by name */
function standingsOf(friends, blocks) {
  /** @type {Map<string, [Person, Standing]>} */
  const found = new Map();
  for (const { person, profile, state } of friends.values()) if (state !== "none") found.set(person, [profile, state]);
  for (const { person, profile, active } of blocks.values()) if (active) found.set(person, [profile, "blocked"]);
  return [...found.values()].sort(([a], [b]) => a.display_name.localeCompare(b.display_name));
}

/** @param {{query: string, setQuery: (text: string) => void, standings: [Person, Standing][]}} props */
function Find({ query, setQuery, standings }) {
  const people = usePeople(query);
  const known = new Map(standings.map(([person, standing]) => [person.username, standing]));
  return html`
    <label class="sr" for="find-friend">${t("Name or username")}</label>
    <input id="find-friend" class="field" type="search" maxlength="64" autocomplete="off" autocapitalize="none" spellcheck=${false}
      autofocus=${!TOUCH.matches} placeholder=${t("Find somebody by name")} value=${query} onInput=${typed(setQuery)} />
    ${query.trim() && html`
      <ul class="people" aria-label=${t("Found")}>
        ${people.map((person) => html`<${One} key=${person.username} person=${person} standing=${known.get(person.username) ?? "none"} />`)}
        ${!people.length && html`<li class="none">${t("Nobody found by that name.")}</li>`}
      </ul>
    `}
  `;
}

/** @param {{heading: string, people: Person[], standing: Standing, empty?: string}} props */
function Group({ heading, people, standing, empty }) {
  const id = useId();
  if (!people.length && !empty) return null;
  return html`
    <section aria-labelledby=${id}>
      <h3 id=${id}>${heading}${people.length > 0 && html` <small>${people.length}</small>`}</h3>
      ${people.length
        ? html`<ul class="people">${people.map((person) => html`<${One} key=${person.username} person=${person} standing=${standing} />`)}</ul>`
        : html`<p class="none">${empty}</p>`}
    </section>
  `;
}

/** @param {{person: Person, standing: Standing}} props */
function One({ person, standing }) {
  const { screen } = useDigi();
  const { run, wrong } = useCommand();
  const writing = useWrite();
  const [asked, setAsked] = useState("");
  const presence = presenceWords(usePresence(person.username), screen.now.value);
  /** @param {string} type */
  const to = (type) => () => (setAsked(""), run({ type, person: person.username }));
  const name = person.display_name;
  const more = () => setAsked(asked ? "" : MORE);
  const ways = waysOf(standing, to, () => writing.write(person));
  return html`
    <li>
      <div class="person">
        <${Named} person=${person} also=${standing === "friend" ? presence : ""} />
        <div class="acts">
          ${ways.map(
            ([words, act, look = ""]) =>
              html`<button key=${words} type="button" class=${`btn ${look}`} onClick=${act}>${words}<span class="sr"> (${name})</span></button>`,
          )}
          ${standing !== "blocked" && html`<${IconButton} label=${t("What to do with {name}", { name })} icon="more" aria-expanded=${!!asked} onClick=${more} />`}
        </div>
      </div>
      ${asked === MORE && html`<${More} person=${person} isFriend=${standing === "friend"} ask=${setAsked} />`}
      ${asked && asked !== MORE && html`<${Sure} key=${asked} type=${asked} person=${person} yes=${to(asked)} no=${() => setAsked("")} />`}
      <${Wrong} wrong=${wrong ? { words: wrong } : writing.wrong} />
    </li>
  `;
}

/** @param {{person: Person, isFriend: boolean, ask: (type: string) => void}} props */
function More({ person, isFriend, ask }) {
  const [part, block] = [() => ask("friend.remove"), () => ask("person.block")];
  return html`
    <div class="sure calm" role="group" aria-label=${person.display_name}>
      ${isFriend && html`<button type="button" class="btn quiet" onClick=${part}><${Icon} name="user-minus" />${t("End the friendship")}</button>`}
      <button type="button" class="btn danger" onClick=${block}><${Icon} name="block" />${t("Block")}</button>
    </div>
  `;
}

/** @param {Standing} standing @param {(type: string) => () => unknown} to @param {() => unknown} write @returns {[words: string, act: () => unknown, look?: string][]} */
function waysOf(standing, to, write) {
  switch (standing) {
    case "none": return [[t("Ask to be friends"), to("friend.request")]];
    case "incoming": return [[t("Accept"), to("friend.accept")], [t("Decline"), to("friend.decline"), "quiet"]];
    case "outgoing": return [[t("Withdraw"), to("friend.withdraw"), "quiet"]];
    case "friend": return [[t("Message"), write, "quiet"]];
    default: return [[t("Unblock"), to("person.unblock"), "quiet"]];
  }
}

/** Asks in place, before what somebody may miss. @param {{type: string, person: Person, yes: () => unknown, no: () => void}} props */
function Sure({ type, person: { display_name: name }, yes, no }) {
  const isBlock = type === "person.block";
  return html`
    <div class="sure" role="group" aria-label=${isBlock ? t("Block {name}?", { name }) : t("End the friendship?")}>
      <p>${isBlock ? t("Neither of you can write to the other or ask to be friends. What was said stays.") : t("Your conversation stays, and you may ask again.")}</p>
      <button type="button" class="btn quiet" ref=${focused} onClick=${no}>${t("Cancel")}</button>
      <button type="button" class="btn danger" onClick=${yes}>${isBlock ? t("Block") : t("End the friendship")}</button>
    </div>
  `;
}

/** @param {HTMLElement | null} element */
function focused(element) {
  element?.focus();
}
