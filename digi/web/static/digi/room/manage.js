// @ts-check
// What one does with a room for oneself (star, mute, leave), and for all who may: its name, its topic, whether it is closed.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { isMuted, partner } from "../selectors.js";
import { brief } from "../times.js";
import { useCommand } from "./command.js";
import { mayArchive, mayDescribe } from "./may.js";

const FOR_GOOD = 9000; // the year from which on a mute is for good

/** @param {{room: RoomState}} props */
export function Manage({ room }) {
  const { client, screen } = useDigi();
  const { run, wrong } = useCommand();
  const { id, archived, name, topic } = room.about;
  const isDirect = !!partner(client.state.value, room);
  /** @param {object} props */
  const describe = (props) => () => screen.load(() => import("../dialogs/describe.js"), "Describe", { room: id, ...props });
  const archive = () => run({ type: "room.archive", room: id, archived: !archived });
  return html`
    <section class="manage" aria-labelledby="manage">
      <h3 id="manage">${isDirect ? t("This conversation") : t("This room")}</h3>
      <${Own} room=${room} run=${run} />
      ${mayDescribe(room) && html`
        <${Act} icon="edit" words=${t("Change the name")} run=${describe({ field: "name", now: name ?? "" })} />
        <${Act} icon="info" words=${topic ? t("Change the topic") : t("Set a topic")} run=${describe({ field: "topic", now: topic })} />
      `}
      ${mayArchive(room) && html`<${Act} icon="archive" words=${archived ? t("Reopen") : t("Archive: reading only")} run=${archive} />`}
      ${!isDirect && html`<${Leave} room=${room} />`}
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    </section>
  `;
}

/** What only oneself notices. @param {{room: RoomState, run: (command: Command) => Promise<boolean>}} props */
function Own({ room, run }) {
  const { client, router, screen } = useDigi();
  const { id } = room.about;
  const { starred, muted_until } = room.entry;
  const isQuiet = isMuted(room, screen.now.value);
  const mute = async (/** @type {Element} */ anchor) => {
    if (isQuiet) return run({ type: "room.mute", room: id, minutes: 0 });
    const choices = await screen.bring(() => import("../sidebar/choices.js"));
    return choices?.openMutes(room, { client, router, screen }, anchor);
  };
  return html`
    <${Act} icon="star" words=${starred ? t("Starred: take down") : t("Star: keep on top")} run=${() => run({ type: "room.star", room: id, starred: !starred })} />
    <${Act} icon=${isQuiet ? "bell" : "mute"} words=${isQuiet ? t("Unmute") : t("Mute…")} run=${mute}
      also=${isQuiet && muted_until && Number(muted_until.slice(0, 4)) < FOR_GOOD ? t("until {when}", { when: brief(muted_until, screen.now.value) }) : ""} />
  `;
}

/** @param {{room: RoomState}} props */
function Leave({ room }) {
  const { client, router, screen } = useDigi();
  const ask = async () => {
    const choices = await screen.bring(() => import("../sidebar/choices.js"));
    choices?.askToLeave(room, { client, router, screen });
  };
  return html`<${Act} icon="leave" words=${t("Leave")} run=${ask} />`;
}

/** @param {{icon: string, words: string, also?: string, run: (anchor: Element) => unknown}} props */
function Act({ icon, words, also, run }) {
  return html`
    <button type="button" class="person" onClick=${here(run)}>
      <span class="sign"><${Icon} name=${icon} /></span><span class="name">${words}</span>${also && html`<small>${also}</small>`}
    </button>
  `;
}
