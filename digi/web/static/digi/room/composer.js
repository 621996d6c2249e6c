// @ts-check
// Where one writes. What is typed stays until it is sent, in each room by itself.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Icon, IconButton } from "../pieces.js";
import { person, silenced, tail } from "../selectors.js";
import { cleaned, lengthOf, snippet } from "../text.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { spoken } from "../words.js";
import { TextBox } from "./textbox.js";

const TOUCH = matchMedia("(pointer: coarse)");

/** @param {{room: RoomState, onSent: () => void}} props */
export function Composer({ room, onSent }) {
  const { client } = useDigi();
  const reason = silenced(client.state.value, room);
  return reason ? html`<div class="silenced"><p>${reason}</p></div>` : html`<${Writing} room=${room} onSent=${onSent} />`;
}

/** @param {{room: RoomState, onSent: () => void}} props */
function Writing({ room, onSent }) {
  const { client, screen } = useDigi();
  const [text, setText] = useDraft(room.about.id);
  const most = client.boot.limits?.body ?? 8000;
  const ready = cleaned(text);
  const canSend = ready !== "" && lengthOf(ready) <= most;
  const send = () => {
    if (!canSend) return;
    const reply = screen.replying.peek() ?? undefined;
    screen.replying.value = null;
    setText("", client.say(room.about.id, ready, reply));
    onSent();
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key === "Escape" && screen.replying.peek()) screen.replying.value = null;
    else if (event.key === "ArrowUp" && !text) editLast(event, room, client.state.peek().me.username, screen);
  };
  /** @param {Event} event */
  const submitted = (event) => (event.preventDefault(), send(), screen.focusComposer());
  const words = `Message ${spoken(client.state.value, room)}`;
  return html`
    <form class="compose" onSubmit=${submitted}>
      <${Answering} room=${room} />
      <${TextBox} text=${text} label=${words} placeholder=${words} most=${most} autofocus=${!TOUCH.matches}
        onText=${setText} onEnter=${send} onKey=${pressed} />
      <button type="submit" class="send" aria-label="Send" title="Send" aria-disabled=${!canSend} onMouseDown=${keepFocus}>
        <${Icon} name="send" />
      </button>
    </form>
  `;
}

/** The keyboard of a phone stays up while one sends. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}

/**
 * The text of the room's draft, and how to change it. A sent text leaves the draft once `kept` says it is safe.
 * @param {string} id
 * @returns {[string, (text: string, kept?: Promise<void>) => void]}
 */
function useDraft(id) {
  const { drafts, screen } = useDigi();
  const [text, setText] = useState(() => drafts.get(id).text);
  const reply = screen.replying.value ?? undefined;
  useEffect(() => {
    screen.replying.value = drafts.get(id).reply_to ?? null;
    return () => void (screen.replying.value = null);
  }, []);
  /** @param {string} next @param {Promise<void>} [kept] */
  const change = (next, kept) => {
    setText(next);
    if (!kept) return drafts.set(id, { text: next, reply_to: reply });
    const sent = drafts.get(id).text;
    kept.then(() => drafts.get(id).text === sent && drafts.set(id, { text: "" }));
  };
  return [text, change];
}

/** What one answers, above what one writes. @param {{room: RoomState}} props */
function Answering({ room }) {
  const { client, screen } = useDigi();
  const id = screen.replying.value;
  if (!id) return null;
  const message = room.messages.find((one) => one.id === id);
  const words = message
    ? html`<b><bdi>${person(client.state.value, message.author).display_name}</bdi></b> <bdi>${snippet(message.body)}</bdi>`
    : "an earlier message";
  const drop = () => (screen.replying.value = null, screen.focusComposer());
  return html`
    <div class="quote answering">
      <span class="words">Replying to ${words}</span>
      <${IconButton} label="Do not reply" icon="close" onClick=${drop} />
    </div>
  `;
}

/** @param {KeyboardEvent} event @param {RoomState} room @param {string} me @param {import("../context.js").Screen} screen */
function editLast(event, room, me, screen) {
  const last = tail(room).findLast(({ author, kind, deleted }) => author === me && kind === "text" && !deleted);
  if (!last) return;
  event.preventDefault();
  screen.editing.value = last.id;
}
