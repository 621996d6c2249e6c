// @ts-check
// What can be done with a message, and by whom, so that nothing is offered that the server would refuse.
import { copied } from "../clipboard.js";
import { t } from "../language.js";
import { pathOf } from "../router.js";
import { pickEmoji } from "./picking.js";

/** @typedef {import("../context.js").Action} Action */
/** @typedef {{isMine: boolean, mayModerate: boolean, mayPin: boolean, maySeeReads: boolean, isReadOnly: boolean}} Who */

/**
 * @param {Message} message
 * @param {Who} who
 * @param {import("../context.js").Digi} digi
 * @returns {Action[]}
 */
export function actionsOn(message, who, digi) {
  return [...changes(message, who, digi), ...copies(message, digi), ...looks(message, who, digi), ...removal(message, who, digi)];
}

/** @param {Message} message @param {Who} who @param {import("../context.js").Digi} digi @returns {Action[]} */
function changes(message, { isMine, mayPin, isReadOnly }, digi) {
  if (isReadOnly) return [];
  const { client, screen, drafts } = digi;
  const isPinned = !!message.pinned;
  const reply = () => {
    drafts.answer(message.room, message.id);
    screen.focusComposer();
  };
  const react = () => pickEmoji(digi, lineOf(message), (emoji) => client.react(message, emoji, true));
  const edit = () => void (screen.editing.value = message.id);
  return [
    { id: "reply", key: "r", label: t("Reply"), icon: "reply", run: reply },
    { id: "react", key: "+", label: t("React"), icon: "smile", run: react },
    ...(isMine && !message.forwarded_from ? [{ id: "edit", key: "e", label: t("Edit"), icon: "edit", run: edit }] : []),
    ...(mayPin ? [{ id: "pin", key: "p", label: isPinned ? t("Unpin") : t("Pin"), icon: "pin", run: () => void client.pin(message, !isPinned) }] : []),
  ];
}

/** @param {Message} message @param {import("../context.js").Digi} digi @returns {Action[]} */
function copies(message, { screen }) {
  const address = new URL(pathOf(message.room, message.pos), location.href).href;
  const forward = () => screen.load(() => import("../dialogs/forward.js"), "Forward", { message });
  return [
    { id: "forward", key: "f", label: t("Forward…"), icon: "forward", run: forward },
    { id: "copy", key: "c", label: t("Copy text"), icon: "copy", run: () => copy(screen, message.body, t("Text copied")) },
    { id: "link", key: "l", label: t("Copy link"), icon: "link", run: () => copy(screen, address, t("Link copied")) },
  ];
}

/** @param {Message} message @param {Who} who @param {import("../context.js").Digi} digi @returns {Action[]} */
function looks(message, { isMine, mayModerate, maySeeReads }, { client, screen }) {
  const unread = () => void client.markUnread(message).catch(() => {});
  const readers = () => screen.load(() => import("../dialogs/readers.js"), "Readers", { message });
  const reactors = () => screen.load(() => import("../dialogs/reactors.js"), "Reactors", { message });
  const history = () => screen.load(() => import("../dialogs/revisions.js"), "Revisions", { message });
  const hasHistory = message.edited_at && (isMine || mayModerate);
  return [
    { id: "unread", key: "u", label: t("Mark unread from here"), icon: "chat", run: unread },
    ...(maySeeReads ? [{ id: "readers", label: t("Who has read this"), icon: "ticks", run: readers }] : []),
    ...(message.reactions?.length ? [{ id: "reactors", label: t("Who reacted"), icon: "people", run: reactors }] : []),
    ...(hasHistory ? [{ id: "history", label: t("Edit history"), icon: "history", run: history }] : []),
  ];
}

/** @param {Message} message @param {Who} who @param {import("../context.js").Digi} digi @returns {Action[]} */
function removal(message, { isMine, mayModerate, isReadOnly }, { client }) {
  if (isReadOnly || !(isMine || mayModerate)) return [];
  return [{ id: "delete", key: "Delete", label: t("Delete"), icon: "trash", isDanger: true, run: () => void client.delete(message) }];
}

/** The line of a message on the screen. @param {Message} message */
function lineOf({ id }) {
  return document.querySelector(`.msg[data-id="${CSS.escape(id)}"]`) ?? document.body;
}

/** @param {import("../context.js").Screen} screen @param {string} text @param {string} done what to say then */
async function copy(screen, text, done) {
  if (await copied(text)) screen.note.value = done;
  else screen.load(() => import("../dialogs/copy.js"), "Copy", { text });
}
