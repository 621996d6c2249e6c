// @ts-check
// The conversation, drawn: lines, what is loading above, and the way back to the newest.
import { useDigi } from "../context.js";
import { hasOlder } from "../history.js";
import { html } from "../html.js";
import { Icon } from "../pieces.js";
import { person, readPos, tail, unread } from "../selectors.js";
import { dayName, timeOf } from "../times.js";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { happened } from "../words.js";
import { linesOf } from "./lines.js";
import { Line } from "./message.js";
import { useRoving } from "./roving.js";
import { Scroll } from "./scroll.js";

/** @param {{room: RoomState, toNewest: {current: () => void}}} props */
export function Timeline({ room, toNewest }) {
  const { client } = useDigi();
  const { id } = room.about;
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [newFrom, setNewFrom] = useState(() => (unread(room) ? readPos(room) + 1 : null));
  const lines = useLines(room, newFrom);
  const isEmpty = !lines.length;
  const { log, scroll } = useScroll(room, isEmpty, setIsAtEnd);
  const roving = useRoving(log);
  useAuthors(room);
  useEffect(() => void (isEmpty && client.history.open(id)), [isEmpty, room.top]);
  useReading(room, isAtEnd, setNewFrom);
  toNewest.current = () => requestAnimationFrame(() => scroll.current?.toEnd());
  const status = client.history.status.value.get(id);
  const isLoading = status === "loading";
  const show = useShow(id, log, scroll);
  const stop = roving.stop ?? lines.at(-1)?.key;
  return html`
    <div class="around">
      <div class="log" role="log" aria-label="Messages" aria-live="polite" aria-busy=${isLoading} ref=${log} ...${roving.handlers}><div class="lines">
        ${hasOlder(room) ? html`<${Above} key="above" room=${room} status=${status} />` : html`<${Beginning} key="above" room=${room} />`}
        ${lines.map((line) => html`<${Drawn} key=${line.key} line=${line} room=${room} show=${show} isStop=${line.key === stop} />`)}
      </div></div>
      ${!isAtEnd && html`<${Newest} count=${unread(room)} go=${() => scroll.current?.toEnd()} />`}
    </div>
  `;
}

/** @param {RoomState} room @param {number | null} newFrom */
function useLines(room, newFrom) {
  const { client } = useDigi();
  const messages = useMemo(() => tail(room), [room.messages, room.top]);
  const items = client.pending.value;
  const pending = useMemo(
    () => items.filter(({ room: id, command }) => id === room.about.id && command.type === "message.add"),
    [items],
  );
  const me = client.state.value.me.username;
  return useMemo(() => linesOf({ messages, pending, me, newFrom }), [messages, pending, newFrom]);
}

/** @param {RoomState} room @param {boolean} isEmpty @param {(isAtEnd: boolean) => void} onEnd */
function useScroll(room, isEmpty, onEnd) {
  const { client } = useDigi();
  const { id } = room.about;
  const log = useRef(/** @type {HTMLElement | null} */ (null));
  const scroll = useRef(/** @type {Scroll | null} */ (null));
  useLayoutEffect(() => {
    if (!log.current) return undefined;
    const onStart = () => void (client.history.status.peek().has(id) || client.history.older(id));
    const made = new Scroll(log.current, { onEnd, onStart });
    const look = () => made.look();
    log.current.addEventListener("scroll", look, { passive: true });
    scroll.current = made;
    return () => made.stop();
  }, []);
  useLayoutEffect(() => {
    if (isEmpty) return;
    if (scroll.current?.isPlaced) scroll.current.settle();
    else scroll.current?.place();
  });
  return { log, scroll };
}

/** Names of those who wrote and are not known: first all members, then one by one. @param {RoomState} room */
function useAuthors(room) {
  const { client } = useDigi();
  const state = client.state.value;
  useEffect(() => {
    const authors = tail(room).map(({ author }) => author);
    const unknown = new Set(authors.filter((name) => !state.people.has(name)));
    if (unknown.size && !room.membersKnown) client.history.members(room.about.id);
    else for (const name of unknown) client.history.person(name);
  }, [room.messages, room.membersKnown]);
}

/**
 * What one has before one's eyes is read: on coming, when something new comes, on coming back.
 * @param {RoomState} room
 * @param {boolean} isAtEnd
 * @param {(pos: number) => void} setNewFrom
 */
function useReading(room, isAtEnd, setNewFrom) {
  const { client } = useDigi();
  const { id } = room.about;
  const hasMessages = tail(room).length > 0;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible" && isAtEnd && hasMessages) client.reads.saw(id);
    };
    const back = () => {
      const now = client.room(id);
      if (document.visibilityState === "visible" && now && unread(now)) setNewFrom(readPos(now) + 1);
      look();
    };
    look();
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [room.top, isAtEnd, hasMessages]);
}

/**
 * How to bring a message into view, fetching what lies between.
 * @param {string} id
 * @param {{current: HTMLElement | null}} log
 * @param {{current: Scroll | null}} scroll
 */
function useShow(id, log, scroll) {
  const { client } = useDigi();
  return useMemo(
    () => async (/** @type {string} */ message) => {
      await client.history.reach(id, message);
      requestAnimationFrame(() => {
        const line = log.current?.querySelector(`[data-id="${CSS.escape(message)}"]`);
        if (!line) return;
        scroll.current?.show(line);
        line.classList.add("shown");
        setTimeout(() => line.classList.remove("shown"), 1600);
      });
    },
    [],
  );
}

/** @param {{line: import("./lines.js").Line, room: RoomState, show: (id: string) => void, isStop: boolean}} props */
function Drawn({ line, room, show, isStop }) {
  const { client, screen } = useDigi();
  if (line.type === "day") return html`<${Day} moment=${line.moment} now=${screen.now.value} />`;
  if (line.type === "new") return html`<div class="day new" role="separator"><span>New</span></div>`;
  const state = client.state.value;
  if (line.type === "system") return html`<${System} text=${happened(state, line.message)} moment=${line.message.sent_at} />`;
  return html`<${Line} line=${line} room=${room} show=${show} isStop=${isStop} author=${person(state, line.message.author)} />`;
}

/** @param {{moment: string, now: number}} props */
function Day({ moment, now }) {
  return html`<div class="day" role="separator"><span>${dayName(moment, now)}</span></div>`;
}

/** @param {{text: string, moment: string}} props */
function System({ text, moment }) {
  return html`<div class="sys"><bdi>${text}</bdi> · <time datetime=${moment}>${timeOf(moment)}</time></div>`;
}

/** @param {{room: RoomState, status: "loading" | {failed: string} | undefined}} props */
function Above({ room, status }) {
  const { client } = useDigi();
  if (typeof status === "object") {
    return html`
      <div class="above" role="alert">
        <p>Earlier messages could not be loaded. ${status.failed}</p>
        <button type="button" class="btn quiet" onClick=${() => client.history.older(room.about.id)}>Try again</button>
      </div>
    `;
  }
  return html`<div class="above skeleton" aria-hidden="true">${[62, 40, 71].map((width) => html`<i style=${{ "--w": `${width}%` }}></i>`)}</div>`;
}

/** @param {{room: RoomState}} props */
function Beginning({ room }) {
  const isNew = !tail(room).length;
  const words = isNew ? "Nothing was said here yet. Write the first message below." : "This is the beginning of the conversation.";
  return html`<p class="beginning">${words}</p>`;
}

/** @param {{count: number, go: () => void}} props */
function Newest({ count, go }) {
  const words = count ? `${count} new ${count === 1 ? "message" : "messages"}` : "To the newest";
  return html`<button type="button" class="newest" onClick=${go}>${words}<${Icon} name="down" /></button>`;
}
