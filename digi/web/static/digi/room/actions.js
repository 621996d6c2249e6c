// @ts-check
// What can be done with a message, and by whom, so that no button is shown that the server would refuse.
import { Confirm } from "../dialogs/dialog.js";
import { snippet } from "../text.js";

/** @param {RoomState} room */
export function mayModerate({ entry, about }) {
  return about.kind !== "direct" && entry.role !== "member";
}

/**
 * @param {Message} message
 * @param {{isMine: boolean, mayModerate: boolean, isReadOnly: boolean}} who
 * @param {import("../context.js").Digi} digi
 * @returns {import("../context.js").Action[]}
 */
export function actionsOn(message, { isMine, mayModerate, isReadOnly }, digi) {
  const { client, screen } = digi;
  const reply = () => {
    screen.replying.value = message.id;
    screen.focusComposer();
  };
  const mayDelete = (isMine || mayModerate) && !isReadOnly;
  return [
    ...(isReadOnly ? [] : [{ label: "Reply", icon: "reply", run: reply }]),
    ...(isMine && !isReadOnly ? [{ label: "Edit", icon: "edit", run: () => void (screen.editing.value = message.id) }] : []),
    { label: "Copy text", icon: "copy", run: () => void copied(message.body) },
    { label: "Mark unread from here", icon: "chat", run: () => void client.markUnread(message).catch(() => {}) },
    ...(mayDelete ? [{ label: "Delete", icon: "trash", isDanger: true, run: () => askToDelete(message, digi) }] : []),
  ];
}

/** @param {Message} message @param {import("../context.js").Digi} digi */
export function askToDelete(message, { client, screen }) {
  screen.open(Confirm, {
    title: "Delete this message?",
    text: "Its text will be gone for everyone. A note that something was deleted stays in its place.",
    quote: snippet(message.body, 280),
    verb: "Delete",
    run: () => client.delete(message),
  });
}

/** Whether `text` is on the clipboard now. Plain http offers only the old way. @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** @param {string} text */
function copiedBySelection(text) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  before?.focus();
  return isDone;
}
