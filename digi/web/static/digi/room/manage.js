// @ts-check
// Changing a room: its name, its topic, whether it is closed; and leaving it.
import { useDigi } from "../context.js";
import { Confirm, Dialog } from "../dialogs/dialog.js";
import { html, typed } from "../html.js";
import { Icon } from "../pieces.js";
import { useState } from "../vendor/hooks.js";
import { useCommand } from "./command.js";
import { mayArchive, mayDescribe } from "./may.js";

/** @param {{room: RoomState}} props */
export function Manage({ room }) {
  const { screen, router } = useDigi();
  const { run, wrong } = useCommand();
  const { id, archived, name, topic } = room.about;
  const archive = () => run({ type: "room.archive", room: id, archived: !archived });
  const leave = () =>
    screen.open(Confirm, {
      title: `Leave ${name || "the group"}?`,
      text: room.about.kind === "public" ? "You can enter again by its name." : "Only a member can bring you back in.",
      verb: "Leave",
      run: async () => (await run({ type: "room.leave", room: id })) && router.go(null),
    });
  const rename = () => screen.open(Change, { field: "name", type: "room.rename", room: id, now: name ?? "", most: 80 });
  const describe = () => screen.open(Change, { field: "topic", type: "room.topic", room: id, now: topic, most: 250 });
  return html`
    <section class="manage">
      <h3>This room</h3>
      ${mayDescribe(room) && html`
        <${Act} icon="edit" words="Change the name" run=${rename} />
        <${Act} icon="info" words=${topic ? "Change the topic" : "Set a topic"} run=${describe} />
      `}
      ${mayArchive(room) && html`<${Act} icon="archive" words=${archived ? "Reopen" : "Archive: reading only"} run=${archive} />`}
      <${Act} icon="leave" words="Leave" run=${leave} />
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    </section>
  `;
}

/** @param {{icon: string, words: string, run: () => void}} props */
function Act({ icon, words, run }) {
  return html`
    <button type="button" class="person" onClick=${run}>
      <span class="sign"><${Icon} name=${icon} /></span><span class="name">${words}</span>
    </button>
  `;
}

/**
 * One line of a room's description.
 * @param {{field: "name" | "topic", type: string, room: string, now: string, most: number}} props
 */
function Change({ field, type, room, now, most }) {
  const { screen } = useDigi();
  const { run, wrong } = useCommand();
  const [text, setText] = useState(now);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (text === now || (await run({ type, room, [field]: text }))) screen.close();
  };
  const isName = field === "name";
  return html`
    <${Dialog} title=${isName ? "Change the name" : "Change the topic"} class="small">
      <form class="stack" onSubmit=${submit}>
        <label>
          ${isName ? "Name" : "What is it about?"}
          <input class="field" autofocus maxlength=${most} required=${isName} value=${text} onInput=${typed(setText)} />
        </label>
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="buttons"><button class="btn">Save</button></div>
      </form>
    <//>
  `;
}
