// @ts-check
// One room in the list: who, when, the last words or what is being written, how many unread; and its menu.
import { useDigi } from "../context.js";
import { Face } from "../faces.js";
import { here, html, remembered } from "../html.js";
import { n, t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { pathOf } from "../router.js";
import { activity, isMuted, last, mentions, partner, title, unread } from "../selectors.js";
import { brief } from "../times.js";
import { useComputed } from "../vendor/signals.js";
import { lastLine } from "../words.js";
import { usePress } from "./press.js";
import { Typists } from "./typists.js";

/**
 * @typedef {object} Props
 * @property {RoomState} room
 * @property {ReadonlyMap<string, Person>} people whose names are in the row
 * @property {Draft | undefined} draft
 * @property {boolean} isCurrent
 * @property {boolean} isStop whether Tab stops here
 * @property {number} now
 */

export const Row = remembered((/** @type {Props} */ { room, draft, isCurrent, isStop, now }) => {
  const { client, router, screen } = useDigi();
  const state = client.state.peek(); // what of it is drawn here is among the props
  const { id } = room.about;
  const name = title(state, room);
  const open = async (/** @type {Element} */ anchor) => {
    const choices = await screen.bring(() => import("./choices.js"));
    if (choices) screen.openMenu(anchor, choices.choicesFor(room, { client, router, screen }, anchor), name);
  };
  const press = usePress(open, (event) => router.follow(event, id));
  const isLoud = unread(room) > 0 && !isMuted(room, now);
  const label = t("What to do with {name}", { name });
  return html`
    <li class="entry">
      <a class=${`row ${isLoud ? "unread" : ""}`} href=${pathOf(id)} aria-current=${isCurrent ? "page" : undefined}
        tabindex=${isStop ? 0 : -1} draggable=${false} ...${press}>
        <${Sign} room=${room} state=${state} />
        <span class="name"><bdi>${name}</bdi></span>
        <time datetime=${activity(room)}>${brief(activity(room), now)}</time>
        <${Last} room=${room} draft=${isCurrent ? undefined : draft} />
        <${Marks} room=${room} draft=${isCurrent ? undefined : draft} now=${now} />
      </a>
      <${IconButton} label=${label} icon="more" class="icon of-row" tabindex="-1" aria-haspopup="menu" onClick=${here(open)} />
    </li>
  `;
});

/** Who writes just now, else what one began to write oneself, else what was said last. @param {{room: RoomState, draft: Draft | undefined}} props */
function Last({ room, draft }) {
  const { client } = useDigi();
  const { id } = room.about;
  const isWritten = useComputed(() => client.typing.value.has(id)).value;
  if (isWritten) return html`<span class="last live"><${Typists} room=${room} /></span>`;
  if (draft) return html`<span class="last"><em>${t("Draft:")}</em> <bdi>${draft.body.slice(0, 90)}</bdi></span>`;
  return html`<span class="last"><bdi>${lastLine(client.state.peek(), room, last(room))}</bdi></span>`;
}

/** @param {{room: RoomState, draft: Draft | undefined, now: number}} props */
function Marks({ room, draft, now }) {
  const { client } = useDigi();
  const isQuiet = isMuted(room, now);
  return html`
    <span class="marks">
      ${draft && html`<span class="drafted"><${Icon} name="edit" /><span class="sr">${t("Draft")}</span></span>`}
      ${isQuiet && html`<${Icon} name="mute" /><span class="sr">${t("Muted")}</span>`}
      <${Badge} count=${unread(room)} named=${mentions(client.state.peek(), room)} isQuiet=${isQuiet} isMine=${room.about.kind === "direct"} />
    </span>
  `;
}

/**
 * How many are unread; how many of them name one, if any do.
 * @param {{count: number, named: number, isQuiet: boolean, isMine: boolean}} props `isMine` is addressed to oneself alone
 */
function Badge({ count, named, isQuiet, isMine }) {
  if (!count) return null;
  const words = n(count, "{count} unread", "{count} unread");
  if (named) {
    const also = n(named, "{count} mentions you", "{count} mention you");
    return html`<span class="badge at" aria-label=${`${words}, ${also}`}>@${short(named)}</span>`;
  }
  return html`<span class=${`badge ${isQuiet ? "quiet" : isMine ? "at" : ""}`} aria-label=${words}>${short(count)}</span>`;
}

/** @param {number} count */
export function short(count) {
  return count > 99 ? "99+" : String(count);
}

/** What stands for a room: a hash, a group, or the other's face. @param {{room: RoomState, state: State}} props */
export function Sign({ room, state }) {
  const other = partner(state, room);
  if (other) return html`<${Face} person=${other} class="mid" />`;
  const icon = room.about.archived ? "archive" : room.about.kind === "public" ? "hash" : "people";
  return html`<span class="sign"><${Icon} name=${icon} /></span>`;
}
