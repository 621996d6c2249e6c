// @ts-check
// One message: who, when, what it answers, what it says, how it stands, and what can be done with it.
import { useDigi } from "../context.js";
import { Revisions } from "../dialogs/revisions.js";
import { html, remembered } from "../html.js";
import { Avatar, Text } from "../pieces.js";
import { person } from "../selectors.js";
import { snippet } from "../text.js";
import { bareTimeOf, exactly, timeOf } from "../times.js";
import { useState } from "../vendor/hooks.js";
import { actionsOn, mayModerate } from "./actions.js";
import { Editor } from "./editor.js";
import { Refused, Underway } from "./standing.js";
import { Tools, useLongPress } from "./tools.js";

/**
 * Gathers what a message is drawn from; the drawing itself happens only when some of it changed.
 * @param {{line: import("./lines.js").MessageLine, room: RoomState, author: Person, isStop: boolean, show: (id: string) => void}} props
 */
export function Line({ line, room, author, isStop, show }) {
  const { client, screen } = useDigi();
  const { message, isFirst, pending } = line;
  const state = client.state.value;
  const change = pending ?? client.pending.value.findLast(({ command }) => command.message === message.id);
  const quoted = message.reply_to ? room.messages.find(({ id }) => id === message.reply_to) : undefined;
  return html`<${Message}
    id=${line.key} message=${message} author=${author} isFirst=${isFirst} change=${change} isStop=${isStop} show=${show}
    isMine=${message.author === state.me.username} mayModerate=${mayModerate(room)} isReadOnly=${!!room.about.archived}
    quoted=${quoted} quotedAuthor=${quoted && person(state, quoted.author)} isEditing=${screen.editing.value === message.id} />`;
}

/**
 * @typedef {object} Props
 * @property {string} id
 * @property {Message} message
 * @property {Person} author
 * @property {boolean} isFirst
 * @property {Pending} [change] what is on its way: the message itself, or its edit or deletion
 * @property {boolean} isStop
 * @property {boolean} isMine
 * @property {boolean} mayModerate
 * @property {boolean} isReadOnly
 * @property {boolean} isEditing
 * @property {Message} [quoted]
 * @property {Person} [quotedAuthor]
 * @property {(id: string) => void} show
 */

const Message = remembered((/** @type {Props} */ props) => {
  const { id, message, author, isFirst, change, isStop, isMine, isEditing } = props;
  const digi = useDigi();
  const [isActive, setIsActive] = useState(false);
  const actions = isEditing || change || message.deleted ? [] : actionsOn(message, props, digi);
  const [on, off] = [() => setIsActive(true), () => setIsActive(false)];
  const press = useLongPress(actions, digi.screen);
  const isSending = change && change.state !== "refused";
  return html`
    <div class=${`msg ${isFirst ? "first" : ""} ${isSending ? "pending" : ""}`} data-key=${id} data-id=${message.id}
      role="article" aria-label=${`${isMine ? "You" : author.display_name}, ${timeOf(message.sent_at)}`} tabindex=${isStop ? 0 : -1}
      onMouseEnter=${on} onMouseLeave=${off} onFocusIn=${on} onFocusOut=${off} ...${press}>
      ${isFirst ? html`<${Avatar} person=${author} class="mid" />` : html`<${Gutter} moment=${message.sent_at} />`}
      <div class="said">
        ${isFirst && html`<${By} ...${props} />`}
        ${message.reply_to && html`<${Quote} ...${props} />`}
        ${isEditing ? html`<${Editor} message=${message} />` : html`<${Body} ...${props} />`}
      </div>
      ${isActive && actions.length > 0 && html`<${Tools} actions=${actions} />`}
    </div>
  `;
});

/** @param {{moment: string}} props */
function Gutter({ moment }) {
  return html`<time class="gutter" datetime=${moment}>${bareTimeOf(moment)}</time>`;
}

/** @param {Props} props */
function By(props) {
  const { author, message } = props;
  return html`
    <div class="by">
      <b><bdi>${author.display_name}</bdi></b>${author.bot && html`<small class="bot">bot</small>`}
      <time datetime=${message.sent_at} title=${exactly(message.sent_at)}>${timeOf(message.sent_at)}</time>
      <${Edited} ...${props} />
    </div>
  `;
}

/** @param {Props} props */
function Body(props) {
  const { message, change, isFirst } = props;
  if (message.deleted) return html`<div class="body gone">Message deleted</div>`;
  const isEdit = change?.command.type === "message.edit";
  return html`
    <div class="body" dir="auto">
      <${Text} text=${isEdit ? change.command.body : message.body} />${!isFirst && html`<${Edited} ...${props} />`}
      ${change && change.state !== "refused" && html`<${Underway} change=${change} />`}
    </div>
    ${change?.state === "refused" && html`<${Refused} change=${change} />`}
  `;
}

/** Edited, and for those who may see them, what it said before. @param {Props} props */
function Edited({ message, isMine, mayModerate }) {
  const { screen } = useDigi();
  if (!message.edited_at || message.deleted) return null;
  if (!isMine && !mayModerate) return html`<small class="edited" title=${exactly(message.edited_at)}>edited</small>`;
  const show = () => screen.open(Revisions, { message });
  return html`<button type="button" class="edited" title="Show earlier texts" onClick=${show}>edited</button>`;
}

/** @param {Props} props */
function Quote({ message, quoted, quotedAuthor, show }) {
  const said = quoted?.deleted ? "Message deleted" : quoted && snippet(quoted.body);
  return html`
    <button type="button" class="quote" onClick=${() => show(/** @type {string} */ (message.reply_to))}>
      <span class="words">
        ${quotedAuthor && html`<b><bdi>${quotedAuthor.display_name}</bdi></b> `}<bdi>${said ?? "An earlier message"}</bdi>
      </span>
    </button>
  `;
}
