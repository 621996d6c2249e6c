// @ts-check
// Changing one's own message where it stands. Enter saves, Escape leaves it as it was.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { cleaned, lengthOf } from "../text.js";
import { useState } from "../vendor/hooks.js";
import { askToDelete } from "./actions.js";
import { TextBox } from "./textbox.js";

/** @param {{message: Message}} props */
export function Editor({ message }) {
  const digi = useDigi();
  const { client, screen } = digi;
  const [text, setText] = useState(message.body);
  const most = client.boot.limits?.body ?? 8000;
  const leave = () => {
    screen.editing.value = null;
    screen.focusComposer();
  };
  const save = () => {
    const ready = cleaned(text);
    if (lengthOf(ready) > most) return;
    leave();
    if (!ready) askToDelete(message, digi);
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
      <${TextBox} text=${text} label="Edit the message" most=${most} autofocus onText=${setText} onEnter=${save} onKey=${pressed} />
      <div class="buttons">
        <button type="button" class="btn quiet" onClick=${leave}>Cancel</button>
        <button type="button" class="btn" onClick=${save}>Save</button>
      </div>
    </div>
  `;
}
