// @ts-check
// All of one's rooms, newest activity first, and oneself below.
import { useDigi } from "../context.js";
import { StartDialog } from "../dialogs/start.js";
import { html } from "../html.js";
import { Icon, IconButton } from "../pieces.js";
import { inbox, last } from "../selectors.js";
import { useEffect } from "../vendor/hooks.js";
import { Footer } from "./footer.js";
import { Row } from "./row.js";

export function Sidebar() {
  const { client, router, screen } = useDigi();
  const state = client.state.value;
  const rooms = inbox(state);
  const current = router.room.value;
  useMinutes(screen);
  useAuthors(rooms);
  return html`
    <nav class="side" aria-label="Conversations">
      <div class="brand">
        <${Logo} /><${current ? "span" : "h1"}><bdi>${client.boot.name ?? "Digi"}</bdi><//>
        <${IconButton} label="New conversation" icon="edit" onClick=${() => screen.open(StartDialog)} />
      </div>
      <button type="button" class="find" onClick=${() => screen.open(StartDialog)}>
        <${Icon} name="search" />Find or start…<kbd>Ctrl K</kbd>
      </button>
      ${rooms.length ? null : html`<${Nothing} />`}
      <ul class="list">
        ${rooms.map((room) => {
          const { id } = room.about;
          return html`<${Row} key=${id} room=${room} state=${state} isCurrent=${id === current} now=${screen.now.value} />`;
        })}
      </ul>
      <${Footer} />
    </nav>
  `;
}

function Nothing() {
  const { screen } = useDigi();
  return html`
    <div class="nothing">
      <p>Your conversations will be here. Enter a room by its name, or write to somebody.</p>
      <button type="button" class="btn" onClick=${() => screen.open(StartDialog)}>Start a conversation</button>
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
