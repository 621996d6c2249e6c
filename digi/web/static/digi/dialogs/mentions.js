// @ts-check
// Where one was called by name, across all rooms, newest first; each leads to its place.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Avatar } from "../pieces.js";
import { get, withQuery } from "../requests.js";
import { person, title } from "../selectors.js";
import { Sign } from "../sidebar/row.js";
import { snippet } from "../text/plain.js";
import { brief, exactly } from "../times.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";

/** @typedef {{messages: Message[], more: boolean, isLoading: boolean, wrong: string}} Shown */

export function Mentions() {
  const { messages, more, isLoading, wrong, older } = useMentions();
  const isEmpty = !messages.length && !isLoading && !wrong;
  return html`
    <${Dialog} title=${t("Mentions")} class="wide">
      <div class="mentions" aria-busy=${isLoading}>
        ${byRoom(messages).map(({ room, messages }) => html`<${OfRoom} key=${room} id=${room} messages=${messages} />`)}
        ${isEmpty && html`<p class="none">${t("Nobody has called you yet. When somebody writes @ and your name, it stands here.")}</p>`}
        ${isLoading && !messages.length && html`<div class="waiting" role="status"><span class="sr">${t("Loading…")}</span></div>`}
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        ${(more || wrong) && html`<button type="button" class="btn quiet" disabled=${isLoading} onClick=${older}>${wrong ? t("Try again") : t("Show older ones")}</button>`}
      </div>
    <//>
  `;
}

function useMentions() {
  const { client } = useDigi();
  const [shown, setShown] = useState(/** @type {Shown} */ ({ messages: [], more: false, isLoading: true, wrong: "" }));
  const older = async () => {
    setShown((now) => ({ ...now, isLoading: true, wrong: "" }));
    try {
      const { messages, more, people = [] } = await get(withQuery("/mentions", { before: shown.messages.at(-1)?.id }));
      client.learn(people.map((/** @type {Person} */ person) => ({ person })));
      setShown((now) => ({ messages: [...now.messages, ...messages], more, isLoading: false, wrong: "" }));
    } catch (error) {
      setShown((now) => ({ ...now, isLoading: false, wrong: sentence(error) }));
    }
  };
  useEffect(() => void older(), []);
  return { ...shown, older };
}

/** In the order of each room's newest. @param {Message[]} messages */
export function byRoom(messages) {
  /** @type {Map<string, Message[]>} */
  const rooms = new Map();
  for (const message of messages) rooms.set(message.room, [...(rooms.get(message.room) ?? []), message]);
  return [...rooms].map(([room, messages]) => ({ room, messages }));
}

/** @param {{id: string, messages: Message[]}} props */
function OfRoom({ id, messages }) {
  const { client } = useDigi();
  const state = client.state.value;
  const room = state.rooms.get(id);
  if (!room) return null; // left meanwhile
  return html`
    <section aria-labelledby=${`in-${id}`}>
      <h3 id=${`in-${id}`}><${Sign} room=${room} state=${state} /><bdi>${title(state, room)}</bdi></h3>
      <ul>${messages.map((message) => html`<${One} key=${message.id} message=${message} />`)}</ul>
    </section>
  `;
}

/** @param {{message: Message}} props */
function One({ message }) {
  const { client, router, screen } = useDigi();
  const author = person(client.state.value, message.author);
  const jump = () => {
    screen.close();
    router.go(message.room, message.pos);
  };
  return html`
    <li>
      <button type="button" class="mention" onClick=${jump}>
        <${Avatar} person=${author} />
        <b><bdi>${author.display_name}</bdi></b>
        <time datetime=${message.sent_at} title=${exactly(message.sent_at)}>${brief(message.sent_at, screen.now.value)}</time>
        <span class="words"><bdi>${snippet(message.body, 200)}</bdi></span>
      </button>
    </li>
  `;
}
