// @ts-check
// Where one writes. What is typed stays until it is sent, in each room by itself.
import { useDigi } from "../context.js";
import { useWatch } from "../faces.js";
import { here, html } from "../html.js";
import { t } from "../language.js";
import { ahead, later } from "../later.js";
import { Icon, IconButton } from "../pieces.js";
import { silenced, tail } from "../selectors.js";
import { kept } from "../storage.js";
import { cleaned, lengthOf } from "../text/plain.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { spoken } from "../words.js";
import { typeEmoji } from "./picking.js";
import { useSending } from "./sending.js";
import { TextBox } from "./textbox.js";
import { useReads } from "./ticks.js";
import { TypingLine } from "./typing.js";

const Formatting = later(() => import("./formatting.js"), "Formatting");
const Other = later(() => import("./above.js"), "Other");
const Answering = later(() => import("./above.js"), "Answering");
const SOON = [
  () => import("./tools.js"),
  () => import("./remedies.js"),
  () => import("./completions.js"),
  () => import("./editor.js"),
  () => import("./above.js"),
];
const TOUCH = matchMedia("(pointer: coarse)");
const LATELY = 100; // messages

/** @param {{room: RoomState, onSent: () => void}} props */
export function Composer({ room, onSent }) {
  const { client } = useDigi();
  useReads(room);
  useWatch("room", useMemo(() => authorsOf(room), [room.messages]));
  const reason = silenced(client.state.value, room);
  return html`
    <${TypingLine} room=${room} />
    ${reason ? html`<div class="silenced"><p>${reason}</p></div>` : html`<${Writing} room=${room} onSent=${onSent} />`}
  `;
}

/** Who wrote what stands lately in the room: one sees whether they are here. @param {RoomState} room */
function authorsOf(room) {
  return [...new Set(tail(room).slice(-LATELY).map(({ author }) => author))].sort();
}

/** @param {{room: RoomState, onSent: () => void}} props */
function Writing({ room, onSent }) {
  const digi = useDigi();
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const { draft, most, canSend, wrong, write, go, pressed } = useWriting(room, onSent);
  const [hasBar, setHasBar] = useFormatting();
  /** @param {Event} event */
  const submitted = (event) => (event.preventDefault(), go(), digi.screen.focusComposer());
  const pick = here((button) => area.current && typeEmoji(digi, button, area.current));
  const words = t("Message {room}", { room: spoken(digi.client.state.value, room) });
  return html`
    <form class="compose" onSubmit=${submitted}>
      ${draft.other && html`<${Other} id=${room.about.id} text=${draft.other} />`}
      ${draft.reply_to && html`<${Answering} room=${room} id=${draft.reply_to} />`}
      ${wrong && html`<p class="bar wrong" role="alert">${wrong}</p>`}
      ${hasBar && html`<${Formatting} area=${() => area.current} />`}
      <${TextBox} text=${draft.text} label=${words} placeholder=${words} most=${most} autofocus=${!TOUCH.matches} room=${room} hasCommands
        area=${area} onText=${write} onEnter=${go} onKey=${pressed} />
      <${IconButton} label=${t("Formatting")} icon="format" class="icon opt" aria-expanded=${hasBar} onClick=${() => setHasBar(!hasBar)} />
      <${IconButton} label=${t("Emoji")} icon="smile" aria-haspopup="dialog" onClick=${pick} />
      <button type="submit" class="send" aria-label=${t("Send")} title=${t("Send")} aria-disabled=${!canSend} onMouseDown=${keepFocus}>
        <${Icon} name="send" />
      </button>
    </form>
  `;
}

/** The draft, and what becomes of it. @param {RoomState} room @param {() => void} onSent */
function useWriting(room, onSent) {
  const digi = useDigi();
  const { client, drafts } = digi;
  const { id } = room.about;
  const draft = drafts.of(id).value;
  const most = client.boot.limits?.body ?? 8000;
  const ready = cleaned(draft.text);
  const canSend = ready !== "" && lengthOf(ready) <= most;
  const { send, wrong } = useSending(room, onSent);
  useEffect(() => (void drafts.save(id), () => void drafts.save(id)), []);
  useEffect(() => void ahead(client, SOON), []);
  /** @param {string} text */
  const write = (text) => {
    drafts.write(id, text);
    if (text) client.writers.write(id);
  };
  const go = () => void (canSend && send(ready, draft.reply_to));
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key === "Escape" && draft.reply_to) event.preventDefault(), drafts.answer(id, undefined);
    else if (event.key === "ArrowUp" && !draft.text && !event.altKey) editLast(event, room, digi);
  };
  return { draft, most, canSend, wrong, write, go, pressed };
}

/** The keyboard of a phone stays up while one sends. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}

/** Whether the row of marks is there: as it was left. @returns {[boolean, (has: boolean) => void]} */
function useFormatting() {
  const [has, setHas] = useState(() => kept.get("formatting") === true);
  return [has, (next) => (setHas(next), kept.set("formatting", next || null))];
}

/** What can still be taken back comes back; else one's last message is edited. @param {KeyboardEvent} event @param {RoomState} room @param {import("../context.js").Digi} digi */
function editLast(event, room, { client, drafts, screen }) {
  const { id } = room.about;
  const held = client.outbox.items.findLast((item) => item.room === id && item.state === "held" && item.command.type === "message.add");
  if (held && client.outbox.undo(held.key)) {
    event.preventDefault();
    return drafts.restore(id, String(held.command.body), /** @type {string | undefined} */ (held.command.reply_to));
  }
  const me = client.state.peek().me.username;
  const last = tail(room).findLast(({ author, kind, deleted, forwarded_from }) => author === me && kind === "text" && !deleted && !forwarded_from);
  if (!last) return;
  event.preventDefault();
  screen.editing.value = last.id;
}
