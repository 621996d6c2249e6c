// @ts-check
// What people put to a message, as chips below it: how many, whether oneself, and who.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { n, t } from "../language.js";
import { Icon } from "../pieces.js";
import { person } from "../selectors.js";
import { listed } from "./names.js";
import { pickEmoji } from "./picking.js";

const NAMED = 3; // people named before the others are counted

/** The same picture, however it is written (UTS #51). @param {string} emoji */
function plainEmoji(emoji) {
  return emoji.normalize("NFC").replaceAll("\ufe0f", "");
}

/**
 * The reactions with what oneself has said and the server has not yet taken. Pure.
 * @param {Reaction[]} reactions
 * @param {Pending[]} pending of this message, oldest first
 * @param {string} me
 * @returns {Reaction[]}
 */
export function withPending(reactions, pending, me) {
  const said = pending.filter(({ command, state }) => command.type === "message.react" && state !== "refused");
  return said.reduce((now, { command: { emoji, on } }) => put(now, String(emoji), !!on, me), reactions);
}

/** @param {Message} message @param {Pending[]} pending of any @param {string} me */
export function reactionsNow({ id, reactions = [] }, pending, me) {
  return withPending(reactions, pending.filter(({ command }) => command.message === id), me);
}

/** @param {Reaction[]} reactions @param {string} emoji @param {boolean} on @param {string} me */
function put(reactions, emoji, on, me) {
  const isIt = (/** @type {Reaction} */ one) => plainEmoji(one.emoji) === plainEmoji(emoji);
  const held = reactions.find(isIt);
  if (!held) return on ? [...reactions, { emoji, people: [me] }] : reactions;
  if (held.people.includes(me) === on) return reactions;
  const people = on ? [...held.people, me] : held.people.filter((name) => name !== me);
  return reactions.map((one) => (isIt(one) ? { ...one, people } : one)).filter(({ people }) => people.length);
}

/** Whether this emoji is there of oneself. @param {Reaction[]} reactions @param {string} emoji @param {string} me */
export function hasMine(reactions, emoji, me) {
  return reactions.some((one) => plainEmoji(one.emoji) === plainEmoji(emoji) && one.people.includes(me));
}

/** @param {{message: Message, reactions: Reaction[], isReadOnly: boolean}} props */
export function Reactions({ message, reactions, isReadOnly }) {
  const digi = useDigi();
  if (!reactions.length) return null;
  const add = here((chip) => pickEmoji(digi, chip, (emoji) => digi.client.react(message, emoji, true)));
  const words = t("Add a reaction");
  return html`
    <div class="reacts" role="group" aria-label=${t("Reactions")}>
      ${reactions.map((one) => html`<${Chip} key=${one.emoji} message=${message} reaction=${one} isReadOnly=${isReadOnly} />`)}
      ${!isReadOnly && html`
        <button type="button" class="add" aria-label=${words} title=${words} aria-haspopup="dialog" onClick=${add}><${Icon} name="smile" /></button>
      `}
    </div>
  `;
}

/** @param {{message: Message, reaction: Reaction, isReadOnly: boolean}} props */
function Chip({ message, reaction: { emoji, people }, isReadOnly }) {
  const { client } = useDigi();
  const state = client.state.value;
  const isMine = people.includes(state.me.username);
  const words = reacted(state, emoji, people);
  const toggle = () => void client.react(message, emoji, !isMine);
  return html`
    <button type="button" class="react" aria-pressed=${isMine} aria-label=${words} title=${words} aria-disabled=${isReadOnly}
      onClick=${isReadOnly ? undefined : toggle}>
      <span class="emoji" aria-hidden="true">${emoji}</span><span aria-hidden="true">${people.length}</span>
    </button>
  `;
}

/** "Bob, Mira and 2 others reacted with 👍". @param {State} state @param {string} emoji @param {string[]} people */
export function reacted(state, emoji, people) {
  const me = state.me.username;
  const others = people.filter((name) => name !== me).map((name) => person(state, name).display_name);
  const all = people.includes(me) ? [t("You"), ...others] : others;
  const rest = all.length - NAMED;
  const named = rest > 0 ? [...all.slice(0, NAMED), n(rest, "{count} other", "{count} others")] : all;
  return n(all.length, "{names} reacted with {emoji}", "{names} reacted with {emoji}", { names: listed(named), emoji });
}
