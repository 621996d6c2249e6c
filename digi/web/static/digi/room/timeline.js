// @ts-check
// The conversation, drawn: the lines of the window, what stands at its edges, and the ways to elsewhere.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { later } from "../later.js";
import { ADDS } from "../outbox.js";
import { person } from "../selectors.js";
import { timeOf } from "../times.js";
import { useEffect, useMemo, useState } from "../vendor/hooks.js";
import { happened } from "../words.js";
import { Above, Below } from "./edges.js";
import { Day, useJumps } from "./jumps.js";
import { linesOf } from "./lines.js";
import { Line } from "./message.js";
import { useQuotes } from "./quotes.js";
import { useNews, useReturning } from "./reading.js";
import { useSight } from "./sight.js";
import { useView } from "./view.js";
import { When } from "./when.js";
import { edges } from "./window.js";

const Ways = later(() => import("./ways.js"), "Ways");
const Announcer = later(() => import("./announcer.js"), "Announcer");

/** @typedef {import("./jumps.js").Target} Target */

/** @param {{room: RoomState, toNewest: {current: () => void}}} props */
export function Timeline({ room, toNewest }) {
  const { client } = useDigi();
  const { id } = room.about;
  const newFrom = useNews(room);
  const [seen, look] = useSight(id, newFrom);
  const view = useView(room, look);
  const lines = useLines(room, view, newFrom);
  const { go, show, toEnd } = useJumps(id, view);
  const wanted = useRoving(view.log, toEnd);
  useAuthors(view.messages, room);
  useQuotes(room, view.messages);
  useReturning(view.scroll);
  toNewest.current = toEnd;
  const ways = client.history.status.value.get(id) ?? {};
  const run = edges(room.messages, view.messages[0]?.pos ?? 0);
  const stop = lines.some(({ key }) => key === wanted) ? wanted : lines.at(-1)?.key;
  const isBusy = Object.values(ways).includes("loading");
  return html`
    <div class="around">
      <div class="log" role="log" aria-label=${t("Messages")} aria-live="off" aria-busy=${isBusy} tabindex="-1" ref=${view.log}><div class="lines">
        <${Above} key="above" room=${room} first=${run?.first} standing=${run ? ways.older : ways.there} />
        ${lines.map((line) => html`<${Drawn} key=${line.key} line=${line} room=${room} show=${show} go=${go} isStop=${line.key === stop} />`)}
        <${Below} key="below" room=${room} last=${run?.last} standing=${ways.newer} />
      </div></div>
      <${Ways} room=${room} seen=${seen} newFrom=${newFrom} isAtEnd=${view.isAtEnd} go=${go} toEnd=${toEnd} />
      <${Announcer} key=${id} room=${room} />
    </div>
  `;
}

/** The key of the line that the tab key leads to, once somebody said. @param {{current: HTMLElement | null}} log @param {() => void} toNewest */
function useRoving(log, toNewest) {
  const [stop, setStop] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (log.current);
    const roving = import("./roving.js").then(({ rove }) => rove(element, { setStop, toNewest }));
    roving.catch(() => {}); // without a connection; the pointer goes anywhere all the same
    return () => void roving.then((end) => end(), () => {});
  }, []);
  return stop;
}

/**
 * The lines, made anew only when something of them changed.
 * @param {RoomState} room
 * @param {import("./view.js").View} view
 * @param {number | null} newFrom
 */
function useLines(room, { messages, before, isNewest }, newFrom) {
  const { client } = useDigi();
  const items = client.pending.value;
  const pending = useMemo(
    () => items.filter(({ room: id, command }) => isNewest && id === room.about.id && ADDS.includes(command.type)),
    [items, isNewest],
  );
  const me = client.state.value.me.username;
  return useMemo(
    () => linesOf({ messages, above: before, pending, me, newFrom }),
    [messages, before, pending, newFrom],
  );
}

/** Names of those who wrote and are not known: first all members, then one by one. @param {Message[]} messages @param {RoomState} room */
function useAuthors(messages, room) {
  const { client } = useDigi();
  const { people } = client.state.value;
  const unknown = [...new Set(messages.map(({ author }) => author))].filter((name) => !people.has(name));
  useEffect(() => {
    if (unknown.length && !room.membersKnown) client.history.members(room.about.id);
    else for (const name of unknown) client.history.person(name);
  }, [unknown.join(), room.membersKnown]);
}

/** @param {{line: import("./lines.js").Line, room: RoomState, show: (id: string) => void, isStop: boolean, go: (target: Target) => void}} props */
function Drawn({ line, room, show, isStop, go }) {
  const { client, screen } = useDigi();
  const state = client.state.value;
  switch (line.type) {
    case "day": return html`<${Day} moment=${line.moment} now=${screen.now.value} go=${go} />`;
    case "new": return html`<div class="day new" role="separator"><span>${t("New")}</span></div>`;
    case "system": return html`<${System} line=${line} text=${happened(state, line.message)} isStop=${isStop} />`;
    default: return html`<${Line} line=${line} room=${room} show=${show} isStop=${isStop} author=${person(state, line.message.author)} />`;
  }
}

/** @param {{line: import("./lines.js").SystemLine, text: string, isStop: boolean}} props */
function System({ line: { key, message }, text, isStop }) {
  return html`
    <div class="sys" data-key=${key} data-pos=${message.pos} tabindex=${isStop ? 0 : -1}>
      <bdi>${text}</bdi> · <${When} message=${message} words=${timeOf(message.sent_at)} />
    </div>
  `;
}
