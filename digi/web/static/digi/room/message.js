// @ts-check
// One message: who, when, what it answers, what it says, how it stands, and what can be done with it.
import { useDigi } from "../context.js";
import { Face } from "../faces.js";
import { html, remembered } from "../html.js";
import { t } from "../language.js";
import { later } from "../later.js";
import { Icon } from "../pieces.js";
import { byId } from "../places.js";
import { addresses, person } from "../selectors.js";
import { mentioned, snippet } from "../text/plain.js";
import { Text } from "../text/text.js";
import { bareTimeOf, exactly, timeOf } from "../times.js";
import { useState } from "../vendor/hooks.js";
import { mayModerate } from "./may.js";
import { usePress } from "./press.js";
import { Reactions, withPending } from "./reactions.js";
import { Underway } from "./standing.js";
import { SeenBy, Ticks, readersOf, wayOf } from "./ticks.js";
import { When } from "./when.js";

const BODILY = ["message.add", "message.forward", "message.edit", "message.delete"]; // commands that change what is said
const NONE = /** @type {Reaction[]} */ ([]);
const Tools = later(() => import("./tools.js"), "Tools");
const Editor = later(() => import("./editor.js"), "Editor");
const OnHold = later(() => import("./remedies.js"), "OnHold");
const Refused = later(() => import("./remedies.js"), "Refused");

/**
 * Gathers what a message is drawn from; the drawing itself happens only when some of it changed.
 * @param {{line: import("./lines.js").MessageLine, room: RoomState, author: Person, isStop: boolean, show: (id: string) => void}} props
 */
export function Line({ line, room, author, isStop, show }) {
  const { client, screen } = useDigi();
  const { isFirst, pending } = line;
  const message = pending ? addressed(line.message, room) : line.message;
  const state = client.state.value;
  const me = state.me.username;
  const said = client.pending.value.filter(({ command }) => command.message === message.id && command.type !== "message.forward");
  const change = pending ?? said.findLast(({ command }) => BODILY.includes(command.type));
  const failed = said.find((item) => item !== change && item.state === "refused");
  const quoted = message.reply_to ? byId(room.messages, message.reply_to) : undefined;
  const isMine = message.author === me;
  const isLast = isMine && message.pos === room.own;
  const isDirect = room.about.kind === "direct";
  const origin = message.forwarded_from ? person(state, message.forwarded_from) : undefined;
  return html`<${Message}
    id=${line.key} message=${message} author=${author} isFirst=${isFirst} isStop=${isStop} show=${show} origin=${origin}
    change=${change} failed=${failed} reactions=${withPending(message.reactions ?? NONE, said, me)} pinner=${pinner(state, message, said)}
    isMine=${isMine} isLast=${isLast} isToMe=${addresses(message, me)} isBlocked=${!isDirect && !!state.blocks.get(message.author)?.active}
    way=${isMine && isDirect && !pending ? wayOf(message, room, me) : undefined}
    seen=${isLast && !isDirect && !pending ? readersOf(message, room, me).length : 0}
    mayModerate=${mayModerate(room)} isReadOnly=${!!room.about.archived}
    quoted=${quoted} quotedAuthor=${quoted && person(state, quoted.author)} isEditing=${screen.editing.value === message.id} />`;
}

/** @type {WeakMap<Message, Message>} */
const addressedBefore = new WeakMap();

/** What is on its way, with whom it will address, so that names look the same before and after. @param {Message} message @param {RoomState} room @returns {Message} */
function addressed(message, { about, members }) {
  const known = addressedBefore.get(message) ?? message;
  const names = mentioned(message.body).filter((name) => about.people?.includes(name) || members.get(name)?.left === false);
  if (names.length === (known.mentions?.length ?? 0)) return known;
  const made = { ...message, mentions: names };
  addressedBefore.set(message, made);
  return made;
}

/** Who pinned it, as oneself has said last. @param {State} state @param {Message} message @param {Pending[]} said @returns {Person | undefined} */
function pinner(state, { pinned }, said) {
  const own = said.findLast(({ command, state }) => command.type === "message.pin" && state !== "refused");
  const by = own ? (own.command.pinned ? (pinned?.by ?? state.me.username) : undefined) : pinned?.by;
  return by === undefined ? undefined : person(state, by);
}

/**
 * @typedef {object} Props
 * @property {string} id
 * @property {Message} message
 * @property {Person} author
 * @property {boolean} isFirst
 * @property {Pending} [change] what is on its way: the message itself, or its edit or deletion
 * @property {Pending} [failed] another command about it that was refused
 * @property {Reaction[]} reactions
 * @property {Person} [pinner]
 * @property {Person} [origin] who wrote what is passed on here
 * @property {import("./ticks.js").Way} [way] in a direct room, how far one's own message has come
 * @property {number} seen by how many
 * @property {boolean} isStop
 * @property {boolean} isMine
 * @property {boolean} isLast of one's own
 * @property {boolean} isToMe
 * @property {boolean} isBlocked
 * @property {boolean} mayModerate
 * @property {boolean} isReadOnly
 * @property {boolean} isEditing
 * @property {boolean} [isActive] the pointer or the keyboard is there
 * @property {Message} [quoted]
 * @property {Person} [quotedAuthor]
 * @property {(id: string) => void} show
 */

const Message = remembered((/** @type {Props} */ props) => {
  const { id, message, author, isFirst, change, isStop, isMine, isToMe, isEditing } = props;
  const [isPointedAt, point] = useState(false);
  const [hasFocus, focus] = useState(false);
  const isActive = isPointedAt || hasFocus;
  const isActable = !isEditing && !change && !message.deleted;
  const handlers = usePress(message, isActable);
  const isSending = change && ["waiting", "sending"].includes(change.state);
  const kind = ["msg", isFirst && "first", isSending && "pending", isToMe && "mentions"].filter(Boolean).join(" ");
  const label = `${isMine ? t("You") : author.display_name}, ${timeOf(message.sent_at)}`;
  return html`
    <div class=${kind} data-key=${id} data-id=${message.id} data-pos=${message.pos || undefined} role="article" aria-label=${label} tabindex=${isStop ? 0 : -1}
      onMouseEnter=${() => point(true)} onMouseLeave=${() => point(false)} onFocusIn=${() => focus(true)} onFocusOut=${() => focus(false)} ...${handlers}>
      ${isFirst ? html`<${Face} person=${author} class="mid" />` : html`<${When} message=${message} words=${bareTimeOf(message.sent_at)} class="gutter" />`}
      <div class="said">
        ${isFirst && html`<${By} ...${props} />`}
        <${Said} ...${props} isActive=${isActive} />
      </div>
      ${isActive && isActable && html`<${Tools} message=${message} />`}
    </div>
  `;
});

/** @param {Props} props */
function By(props) {
  const { author, message } = props;
  return html`
    <div class="by">
      <b><bdi>${author.display_name}</bdi></b>${author.bot && html`<small class="bot">${t("bot")}</small>`}
      <${When} message=${message} words=${timeOf(message.sent_at)} />
      <${Marks} ...${props} />
    </div>
  `;
}

/** All below the name. @param {Props} props */
function Said(props) {
  const { message, change, failed, reactions, origin, isBlocked, isReadOnly, isEditing } = props;
  const [isShown, setIsShown] = useState(false);
  if (message.deleted) return html`<div class="body gone">${t("Message deleted")}</div>`;
  if (isBlocked && !isShown) return html`<${Hidden} show=${() => setIsShown(true)} />`;
  const body = html`<${Body} ...${props} />`;
  return html`
    ${origin && html`<div class="origin"><${Icon} name="forward" /><bdi>${t("Forwarded from {name}", { name: origin.display_name })}</bdi></div>`}
    ${message.reply_to && html`<${Quote} ...${props} />`}
    ${isEditing ? html`<${Editor} message=${message} instead=${body} />` : body}
    ${change?.state === "refused" && html`<${Refused} change=${change} />`}
    ${failed && html`<${Refused} change=${failed} />`}
    <${Reactions} message=${message} reactions=${reactions} isReadOnly=${isReadOnly} />
  `;
}

/** @param {{show: () => void}} props */
function Hidden({ show }) {
  return html`
    <div class="body gone">${t("From somebody you blocked.")} <button type="button" class="reveal" onClick=${show}>${t("Show it")}</button></div>
  `;
}

/** @param {Props} props */
function Body(props) {
  const { message, change, isFirst, isActive } = props;
  const type = change?.command.type;
  if (type === "message.delete" && change?.state === "held") {
    return html`<div class="body gone">${t("Deleted")}<${OnHold} change=${change} /></div>`;
  }
  const text = type === "message.edit" ? String(change?.command.body) : message.body;
  return html`
    <div class="body" dir="auto"><${Text} message=${message} body=${text} isActive=${isActive} />${!isFirst && html`<${Marks} ...${props} />`}<${State} ...${props} /></div>
  `;
}

/** How it stands, behind the text. @param {Props} props */
function State({ message, change, way, seen, isLast }) {
  if (change?.state === "held") return html`<${OnHold} change=${change} />`;
  if (change) return change.state === "refused" ? null : html`<${Underway} change=${change} />`;
  if (way) return html`<${Ticks} way=${way} isLast=${isLast} />`;
  return seen > 0 ? html`<${SeenBy} message=${message} count=${seen} />` : null;
}

/** Edited, and for those who may see them, what it said before; pinned. @param {Props} props */
function Marks(props) {
  const { pinner } = props;
  const words = pinner && t("Pinned by {name}", { name: pinner.display_name });
  return html`
    <${Edited} ...${props} />
    ${pinner && html`<small class="pinned" title=${words}><${Icon} name="pin" /><span class="sr">${words}</span></small>`}
  `;
}

/** @param {Props} props */
function Edited({ message, isMine, mayModerate }) {
  const { screen } = useDigi();
  if (!message.edited_at || message.deleted) return null;
  if (!isMine && !mayModerate) return html`<small class="edited" title=${exactly(message.edited_at)}>${t("edited")}</small>`;
  const show = () => screen.load(() => import("../dialogs/revisions.js"), "Revisions", { message });
  return html`<button type="button" class="edited" title=${t("Show earlier texts")} onClick=${show}>${t("edited")}</button>`;
}

/** @param {Props} props */
function Quote({ message, quoted, quotedAuthor, show }) {
  const said = quoted?.deleted ? t("Message deleted") : quoted && snippet(quoted.body);
  return html`
    <button type="button" class="quote" onClick=${() => show(/** @type {string} */ (message.reply_to))}>
      <span class="words">
        ${quotedAuthor && html`<b><bdi>${quotedAuthor.display_name}</bdi></b> `}<bdi>${said ?? t("An earlier message")}</bdi>
      </span>
    </button>
  `;
}
