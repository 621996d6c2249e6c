// @ts-check
// A message's actions: a bar for pointer and keyboard, a menu for everything, and a key for most.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { actionsOn } from "./actions.js";
import { mayModerate, mayPin, maySeeReads } from "./may.js";
import { hasMine, reactionsNow } from "./reactions.js";

const AT_HAND = ["react", "reply", "edit"];
const QUICK = "👍";
const USUAL = [QUICK, "❤️", "😂", "🎉", "😮", "😢"];

/** @typedef {import("../context.js").Action} Action */
/** @typedef {import("../context.js").Digi} Digi */

/** @param {{message: Message}} props */
export function Tools({ message }) {
  const digi = useDigi();
  const actions = all(digi, message);
  const near = AT_HAND.flatMap((wanted) => actions.find(({ id }) => id === wanted) ?? []);
  const more = here((button) => digi.screen.openMenu(button, actions, t("Message")));
  const words = t("React with {emoji}", { emoji: QUICK });
  const quick = () => react(digi, message, QUICK);
  return html`
    <div class="tools" role="group" aria-label=${t("Message actions")}>
      ${has(actions, "react") && html`<button type="button" class="icon quick" aria-label=${words} title=${words} onClick=${quick}>${QUICK}</button>`}
      ${near.map(({ id, label, icon, run }) => html`<${IconButton} key=${id} label=${label} icon=${icon} onClick=${run} />`)}
      <${IconButton} label=${t("More")} icon="more" aria-haspopup="menu" onClick=${more} />
    </div>
  `;
}

/** All actions beside the line; for a finger, the usual reactions before them. @param {Digi} digi @param {Message} message @param {Element} line @param {boolean} isTouch */
export function openActions(digi, message, line, isTouch) {
  const actions = all(digi, message);
  const first = isTouch && has(actions, "react") ? USUAL.map((emoji) => reaction(digi, message, emoji)) : [];
  if (actions.length) digi.screen.openMenu(line, [...first, ...actions], t("Message"));
}

/** @param {Digi} digi @param {Message} message @param {Element} line @param {string} key */
export function runKey(digi, message, line, key) {
  wanted(key, all(digi, message), () => openActions(digi, message, line, false))?.();
}

/**
 * What a key does while a message itself has the focus.
 * @param {string} key
 * @param {Action[]} actions
 * @param {() => void} open
 */
export function wanted(key, actions, open) {
  if (["Enter", "ContextMenu"].includes(key)) return open;
  const letter = key === ":" ? "+" : key.length === 1 ? key.toLowerCase() : key;
  return actions.find((action) => action.key === letter)?.run;
}

/** @param {Digi} digi @param {Message} message @returns {Action[]} */
function all(digi, message) {
  const state = digi.client.state.peek();
  const room = state.rooms.get(message.room);
  if (!room) return [];
  const who = { isMine: message.author === state.me.username, isReadOnly: !!room.about.archived };
  return actionsOn(message, { ...who, mayModerate: mayModerate(room), mayPin: mayPin(room), maySeeReads: maySeeReads(room) }, digi);
}

/** @param {Action[]} actions @param {string} wanted */
function has(actions, wanted) {
  return actions.some(({ id }) => id === wanted);
}

/** @param {Digi} digi @param {Message} message @param {string} emoji @returns {Action} */
function reaction(digi, message, emoji) {
  return { emoji, label: t("React with {emoji}", { emoji }), icon: "smile", run: () => react(digi, message, emoji) };
}

/** @param {Digi} digi @param {Message} message @param {string} emoji */
function react({ client }, message, emoji) {
  const me = client.state.peek().me.username;
  void client.react(message, emoji, !hasMine(reactionsNow(message, client.pending.peek(), me), emoji, me));
}
