// @ts-check
// Changing one's own message where it stands. What sends saves, Escape leaves it as it was.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { cleaned, lengthOf } from "../text/plain.js";
import { useState } from "../vendor/hooks.js";
import { TextBox } from "./textbox.js";

/** @param {{message: Message}} props */
export function Editor({ message }) {
  const { client, screen } = useDigi();
  const [text, setText] = useState(message.body);
  const most = client.boot.limits?.body ?? 8000;
  const room = client.state.value.rooms.get(message.room);
  const leave = () => {
    screen.editing.value = null;
    screen.focusComposer();
  };
  const save = () => {
    const ready = cleaned(text);
    if (lengthOf(ready) > most) return;
    leave();
    if (!ready) client.delete(message);
    else if (ready !== message.body) client.edit(message, ready);
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  return html`
    <div class="editor">
      <${TextBox} text=${text} label=${t("Edit the message")} most=${most} room=${room} autofocus onText=${setText} onEnter=${save} onKey=${pressed} />
      <div class="buttons">
        <button type="button" class="btn quiet" onClick=${leave}>${t("Cancel")}</button>
        <button type="button" class="btn" onClick=${save}>${t("Save")}</button>
      </div>
    </div>
  `;
}
