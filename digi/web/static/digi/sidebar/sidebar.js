// @ts-check
// All of one's rooms under their headings, a field that finds among them, and oneself below.
import { useDigi } from "../context.js";
import { useWatch } from "../faces.js";
import { here, html, typed } from "../html.js";
import { t } from "../language.js";
import { later } from "../later.js";
import { Icon, IconButton } from "../pieces.js";
import { last, partner } from "../selectors.js";
import { openFinder, openStart } from "../openers.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { Footer } from "./footer.js";
import { Row } from "./row.js";
import { useScroll } from "./scroll.js";
import { callsFor, sections } from "./sections.js";

const OutOfSight = later(() => import("./outofsight.js"), "OutOfSight");

const FACES = 100; // of direct rooms whose presence is watched

export function Sidebar() {
  const { client, router, screen } = useDigi();
  const state = client.state.value;
  const [filter, setFilter] = useState("");
  const current = router.room.value;
  const held = useHeld();
  const parts = sections(state, held.now, filter, screen.now.value);
  held.drawn(parts);
  const rooms = parts.flatMap((part) => part.rooms);
  const stop = rooms.some(({ about }) => about.id === current) ? current : rooms[0]?.about.id;
  const side = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useKeys(side);
  useMinutes(screen);
  useAuthors(rooms);
  useWatch("list", rooms.flatMap((room) => partner(state, room)?.username ?? []).slice(0, FACES));
  useScroll(list, current);
  useKeptFocus(list);
  return html`
    <nav class="side" aria-label=${t("Conversations")} ref=${side}>
      <div class="brand">
        <${Logo} /><${current ? "span" : "h1"}><bdi>${client.boot.name ?? "Digi"}</bdi><//>
        <${IconButton} label=${t("New conversation")} icon="edit" class="icon begin" onClick=${() => openStart(screen)} />
      </div>
      <${Find} filter=${filter} setFilter=${setFilter} />
      <div class="list" ref=${list}>
        ${parts.map((part) => html`<${Part} key=${part.heading} part=${part} state=${state} stop=${stop} current=${current} />`)}
        ${!rooms.length && html`<${Nothing} filter=${filter} />`}
      </div>
      <${OutOfSight} list=${list} />
      <${Footer} />
    </nav>
  `;
}

/** Arrow keys move among the rows. @param {{current: HTMLElement | null}} side */
function useKeys(side) {
  useEffect(() => {
    const moving = import("./keyboard.js").then(({ step }) => side.current?.addEventListener("keydown", step));
    moving.catch(() => {}); // without a connection; Tab and the pointer go anywhere all the same
  }, []);
}

/** @param {{part: import("./sections.js").Section, state: State, stop: string, current: string | null}} props */
function Part({ part: { heading, rooms }, state, stop, current }) {
  const { screen } = useDigi();
  return html`
    <h2 id=${`list-${heading}`}>${headingWords(heading)}</h2>
    <ul aria-labelledby=${`list-${heading}`}>
      ${rooms.map((room) => {
        const { id } = room.about;
        const draft = state.drafts.get(id);
        return html`<${Row} key=${id} room=${room} people=${state.people} draft=${draft?.body ? draft : undefined}
          isCurrent=${id === current} isStop=${id === stop} now=${screen.now.value} />`;
      })}
    </ul>
  `;
}

/** @param {import("./sections.js").Heading} heading */
function headingWords(heading) {
  return { starred: t("Starred"), unread: t("Unread"), rooms: t("Rooms"), people: t("People") }[heading];
}

/** Filters the rows as one types; the keys beside it lead to everything else. @param {{filter: string, setFilter: (text: string) => void}} props */
function Find({ filter, setFilter }) {
  const { screen } = useDigi();
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const row = /** @type {HTMLElement | null} */ (document.querySelector(".list .row"));
    if (event.key === "Escape" && filter) setFilter("");
    else if (event.key === "ArrowDown" && row) row.focus();
    else if (event.key === "Enter" && !event.isComposing) row ? row.click() : openFinder(screen, filter);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`
    <div class="find">
      <${Icon} name="search" />
      <input type="text" enterkeyhint="go" autocomplete="off" spellcheck=${false} maxlength="80" aria-label=${t("Filter the conversations")}
        placeholder=${t("Find or jump to…")} value=${filter} onInput=${typed(setFilter)} onKeyDown=${pressed} />
      ${filter
        ? html`<${IconButton} label=${t("Clear the filter")} icon="close" onClick=${here((button) => (setFilter(""), focusBefore(button)))} />`
        : html`<${Anywhere} />`}
    </div>
  `;
}

/** To the switcher, and which keys lead there. */
function Anywhere() {
  const { screen } = useDigi();
  const words = t("Jump anywhere");
  return html`
    <button type="button" class="anywhere" aria-label=${words} title=${words} onClick=${() => openFinder(screen)}>
      <kbd>${t("Ctrl")} K</kbd><${Icon} name="next" />
    </button>
  `;
}

/** @param {Element} button */
function focusBefore(button) {
  /** @type {HTMLElement | null | undefined} */ (button.parentElement?.querySelector("input"))?.focus();
}

/** @param {{filter: string}} props */
function Nothing({ filter }) {
  const { screen } = useDigi();
  if (filter) {
    return html`
      <div class="nothing">
        <p>${t("None of your conversations has that in its name.")}</p>
        <button type="button" class="btn quiet" onClick=${() => openFinder(screen, filter)}>${t("Look everywhere")}</button>
      </div>
    `;
  }
  return html`
    <div class="nothing first">
      <p>${t("Your conversations will be here. Enter a room by its name, or write to somebody.")}</p>
      <button type="button" class="btn" onClick=${() => openStart(screen)}>${t("Start a conversation")}</button>
    </div>
  `;
}

function Logo() {
  return html`
    <svg class="logo" viewBox="0 0 26 26" aria-hidden="true">
      <rect width="26" height="26" rx="8" fill="var(--accent)" />
      <path d="M8 8.5h5.2a4.5 4.5 0 0 1 0 9H8z" fill="none" stroke="var(--accent-ink)" stroke-width="2.2" stroke-linejoin="round" />
      <circle cx="19" cy="17.5" r="1.6" fill="var(--accent-ink)" />
    </svg>
  `;
}

/** The open room stays under the heading that it was opened from. */
function useHeld() {
  const { client, router } = useDigi();
  const id = router.room.value;
  const held = useRef(/** @type {import("./sections.js").Held} */ ({ id: null, isUnread: false }));
  const before = useRef(/** @type {Set<string> | null} */ (null)); // under "unread", when last drawn
  if (held.current.id !== id) {
    const room = client.room(id ?? "");
    const wasUnread = before.current ? before.current.has(id ?? "") : !!room && callsFor(client.state.peek(), room);
    held.current = { id: room ? id : null, isUnread: wasUnread };
  }
  /** @param {import("./sections.js").Section[]} parts */
  const drawn = (parts) => {
    const unread = parts.find(({ heading }) => heading === "unread")?.rooms ?? [];
    before.current = new Set(unread.map(({ about }) => about.id));
  };
  return { now: held.current, drawn };
}

/** A row that moves under another heading keeps the focus. @param {{current: HTMLElement | null}} list */
function useKeptFocus(list) {
  const last = useRef(/** @type {Element | null} */ (null));
  useEffect(() => {
    const noted = (/** @type {FocusEvent} */ { target }) => void (last.current = /** @type {Element} */ (target).closest(".row"));
    list.current?.addEventListener("focusin", noted);
  }, []);
  useLayoutEffect(() => {
    const row = last.current;
    if (!row || row.isConnected || document.activeElement !== document.body) return;
    /** @type {HTMLElement | null | undefined} */ (list.current?.querySelector(`.row[href="${row.getAttribute("href")}"]`))?.focus();
  });
}

/** Who spoke last in each room, if not known: the list tells their names. @param {RoomState[]} rooms */
function useAuthors(rooms) {
  const { client } = useDigi();
  const { people } = client.state.value;
  const authors = rooms.flatMap((room) => last(room)?.author ?? []);
  const unknown = [...new Set(authors)].filter((name) => !people.has(name)).slice(0, 20);
  useEffect(() => {
    for (const name of unknown) client.history.person(name);
  }, [unknown.join()]);
}

/** Days pass while a page is open. @param {import("../context.js").Screen} screen */
function useMinutes(screen) {
  useEffect(() => {
    const timer = setInterval(() => (screen.now.value = Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
}
