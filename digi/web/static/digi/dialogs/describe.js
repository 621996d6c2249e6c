// @ts-check
// One line of a room's description: its name, or its topic.
import { useDigi } from "../context.js";
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { useCommand } from "../room/command.js";
import { useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";

const MOST = { name: 80, topic: 250 }; // characters

/** @param {{field: "name" | "topic", room: string, now: string}} props */
export function Describe({ field, room, now }) {
  const { screen } = useDigi();
  const { run, wrong } = useCommand();
  const [text, setText] = useState(now);
  const isName = field === "name";
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const type = isName ? "room.rename" : "room.topic";
    if (text === now || (await run({ type, room, [field]: text }))) screen.close();
  };
  return html`
    <${Dialog} title=${isName ? t("Change the name") : t("Change the topic")} class="small">
      <form class="stack" onSubmit=${submit}>
        <label>
          ${isName ? t("Name") : t("What is it about?")}
          <input class="field" autofocus maxlength=${MOST[field]} required=${isName} value=${text} onInput=${typed(setText)} />
        </label>
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="buttons"><button class="btn">${t("Save")}</button></div>
      </form>
    <//>
  `;
}
