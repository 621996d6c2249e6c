// @ts-check
// What a message said before: for its author and the room's moderators.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { get } from "../requests.js";
import { exactly } from "../times.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";

/** @param {{message: Message}} props */
export function Revisions({ message }) {
  const { client } = useDigi();
  const [shown, setShown] = useState(/** @type {{revisions?: Revision[], wrong?: string}} */ ({}));
  useEffect(() => {
    get(`/messages/${message.id}/revisions`).then(
      ({ revisions }) => setShown({ revisions }),
      (error) => setShown({ wrong: sentence(error) }),
    );
  }, []);
  const { revisions, wrong } = shown;
  const now = client.state.value.rooms.get(message.room)?.messages.find(({ id }) => id === message.id) ?? message;
  return html`
    <${Dialog} title=${t("Earlier texts")}>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      ${revisions?.length === 0 && html`<p>${t("There is no earlier text.")}</p>`}
      <ol class="revisions" aria-busy=${!revisions && !wrong}>
        ${revisions?.map(({ written_at, body }) => html`<li><${Told} moment=${written_at} /><p dir="auto">${body}</p></li>`)}
        <li><${Told} moment=${now.edited_at} /><b>${t("Now")}</b><p dir="auto">${now.body}</p></li>
      </ol>
    <//>
  `;
}

/** @param {{moment: string | null}} props */
function Told({ moment }) {
  return moment ? html`<time datetime=${moment}>${exactly(moment)}</time>` : null;
}
