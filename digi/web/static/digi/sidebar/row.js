// @ts-check
// One room in the list: who, when, the last words, how many unread.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Avatar, Icon } from "../pieces.js";
import { pathOf } from "../router.js";
import { activity, last, partner, title, unread } from "../selectors.js";
import { brief } from "../times.js";
import { lastLine } from "../words.js";

/** @param {{room: RoomState, state: State, isCurrent: boolean, now: number}} props */
export function Row({ room, state, isCurrent, now }) {
  const { router } = useDigi();
  const { id } = room.about;
  const count = unread(room);
  const isMine = room.about.kind === "direct"; // addressed to oneself alone
  /** @param {MouseEvent} event */
  const follow = (event) => router.follow(event, id);
  return html`
    <li>
      <a class=${`row ${count ? "unread" : ""}`} href=${pathOf(id)} aria-current=${isCurrent ? "page" : undefined} onClick=${follow}>
        <${Sign} room=${room} state=${state} />
        <span class="name"><bdi>${title(state, room)}</bdi></span>
        <time datetime=${activity(room)}>${brief(activity(room), now)}</time>
        <span class="last"><bdi>${lastLine(state, room, last(room))}</bdi></span>
        ${count > 0 && html`<${Badge} count=${count} isMine=${isMine} />`}
      </a>
    </li>
  `;
}

/** @param {{count: number, isMine: boolean}} props */
function Badge({ count, isMine }) {
  return html`<span class=${`badge ${isMine ? "at" : ""}`} aria-label=${`${count} unread`}>${count > 99 ? "99+" : count}</span>`;
}

/** What stands for a room: a hash, a group, or the other's initials. @param {{room: RoomState, state: State}} props */
export function Sign({ room, state }) {
  const other = partner(state, room);
  if (other) return html`<${Avatar} person=${other} class="mid" />`;
  const icon = room.about.archived ? "archive" : room.about.kind === "public" ? "hash" : "people";
  return html`<span class="sign"><${Icon} name=${icon} /></span>`;
}
