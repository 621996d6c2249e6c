// @ts-check
// The moving part of the conversation: which window of the room is drawn, where it is scrolled to, what is fetched for
// it. Puts window.js (pure) and scroll.js (the element) together.
import { useDigi } from "../context.js";
import { byId } from "../places.js";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { around, begun, caughtUp, drawn, edges, holds, keptAround, newest, slid, wanting } from "./window.js";
import { Scroll } from "./scroll.js";

const PATIENCE = 1500; // ms in which what is missing before the newest may still come by itself
const SHOWN = 1600; // ms for which the message that one looked for stands out
const TOO_MANY = 800; // held messages of the open room, above which those far away are let go

/** @typedef {import("./window.js").Span} Span */
/** @typedef {import("./window.js").Goal} Goal */
/** @typedef {import("./window.js").Sight} Sight */

/**
 * @typedef {object} View
 * @property {{current: HTMLElement | null}} log
 * @property {{current: Scroll | null}} scroll
 * @property {Message[]} messages what is drawn
 * @property {Message | undefined} before the one above, if held
 * @property {boolean} isNewest whether what is drawn ends with the newest
 * @property {boolean} isAtEnd whether one sees the newest
 * @property {(goal: Goal) => void} go
 */

/**
 * @param {RoomState} room
 * @param {(scroll: Scroll, isAtEnd: boolean) => void} onLook
 * @returns {View}
 */
export function useView(room, onLook) {
  const { client, router } = useDigi();
  const start = useMemo(() => begun(room, client.positions.get(room.about.id), router.at.peek()), []);
  const [chosen, choose] = useState(start.span);
  const [isAtEnd, setIsAtEnd] = useState(start.goal === "newest");
  const goal = useRef(/** @type {Goal | null} */ (start.goal));
  // The newest is let go with all others where a room fell too far behind: then it is fetched anew.
  const held = chosen.to === Infinity && !holds(room, chosen.at) ? newest(room) : chosen;
  const count = useRef(Infinity);
  const span = isAtEnd ? caughtUp(held, room, count.current) : held;
  const keep = (/** @type {Span} */ next, /** @type {number} */ last) => {
    count.current = last - next.from + 1;
    if (next !== chosen) choose(next);
  };
  const shown = useMemo(() => drawn(room.messages, span), [room.messages, span.at, span.from, span.to]);
  const { log, scroll } = useScroll(useLooking(room, span, keep, (scroll, isAtEnd) => {
    setIsAtEnd(isAtEnd);
    onLook(scroll, isAtEnd);
  }));
  usePlacing(scroll, goal, span, room.top > 0 && !shown.messages.length);
  useFetching(room, span, choose);
  useLettingGo(room, span, shown.messages);
  /** @param {Goal} to */
  const go = (to) => {
    goal.current = to;
    // Always a new object: it is drawn, and then scrolled there.
    choose(typeof to === "object" ? around(to.pos) : newest(client.room(room.about.id) ?? room));
  };
  return { log, scroll, ...shown, isNewest: isLast(shown.messages, room), isAtEnd, go };
}

/**
 * What follows from what one sees: the window slides, and the place is kept.
 * @param {RoomState} room
 * @param {Span} span
 * @param {(span: Span, last: number) => void} keep
 * @param {(scroll: Scroll, isAtEnd: boolean) => void} onLook
 * @returns {(scroll: Scroll, sight: Sight, isAtEnd: boolean) => void}
 */
function useLooking(room, span, keep, onLook) {
  const { client } = useDigi();
  const { id } = room.about;
  return (scroll, sight, isAtEnd) => {
    const run = edges(room.messages, span.at);
    if (!run) return;
    const next = slid(span, run, sight, isAtEnd, room.top);
    keep(next, run.last);
    scroll.follows = next.to === Infinity;
    const isAtNewest = isAtEnd && scroll.follows;
    client.positions.set(id, isAtNewest ? null : (scroll.here ?? null));
    onLook(scroll, isAtNewest);
  };
}

/**
 * After lines were drawn: to where one wanted to go, or so that nothing moves.
 * @param {{current: Scroll | null}} scroll
 * @param {{current: Goal | null}} goal
 * @param {Span} span
 * @param {boolean} isWaiting for what is to be drawn
 */
function usePlacing(scroll, goal, span, isWaiting) {
  useLayoutEffect(() => {
    if (!scroll.current || isWaiting) return;
    scroll.current.follows = span.to === Infinity;
    const to = goal.current ?? (scroll.current.isPlaced ? null : "newest");
    goal.current = null;
    if (!to) return scroll.current.settle();
    scroll.current.place(to);
    if (typeof to === "object" && to.offset === undefined) arrived(scroll.current.lineOf(to.pos));
  });
}

/** The message that one looked for takes the focus, once whatever else wants it has had it. @param {HTMLElement | null} line */
function arrived(line) {
  if (!line) return;
  requestAnimationFrame(() => line.focus({ preventScroll: true }));
  line.classList.add("shown");
  setTimeout(() => line.classList.remove("shown"), SHOWN);
}

/** @param {Message[]} messages @param {RoomState} room */
function isLast(messages, { top }) {
  return (messages.at(-1)?.pos ?? 0) === top;
}

/** @param {(scroll: Scroll, sight: Sight, isAtEnd: boolean) => void} looked */
function useScroll(looked) {
  const log = useRef(/** @type {HTMLElement | null} */ (null));
  const scroll = useRef(/** @type {Scroll | null} */ (null));
  const latest = useRef(looked);
  latest.current = looked;
  useLayoutEffect(() => {
    if (!log.current) return undefined;
    const made = new Scroll(log.current, (sight, isAtEnd) => latest.current(made, sight, isAtEnd));
    log.current.addEventListener("scroll", () => made.scrolled(), { passive: true });
    scroll.current = made;
    return () => made.stop();
  }, []);
  return { log, scroll };
}

/**
 * Fetches what the window needs: the place itself, and what lies beyond its edges before one comes there.
 * @param {RoomState} room
 * @param {Span} span
 * @param {(span: Span) => void} choose
 */
function useFetching(room, span, choose) {
  const { client } = useDigi();
  const { id } = room.about;
  const run = edges(room.messages, span.at);
  useBeyond(room, span, run);
  useThere(room, span, !!run, choose);
  const isConnected = client.link.value.is === "open";
  useEffect(() => {
    if (isConnected) client.history.forgive(id);
  }, [isConnected]);
}

/** @param {RoomState} room @param {Span} span @param {boolean} isHeld @param {(span: Span) => void} choose */
function useThere(room, span, isHeld, choose) {
  const { client } = useDigi();
  const { history } = client;
  const { id } = room.about;
  const { there } = history.status.value.get(id) ?? {};
  const tried = useRef(0);
  useEffect(() => {
    if (isHeld || !room.top || there || tried.current === span.at) return;
    const isFollowing = span.to === Infinity;
    const fetching = isFollowing ? history.open(id) : history.around(id, span.at);
    fetching.then((page) => {
      if (!page) return;
      tried.current = span.at; // what is not there now will not be there a moment later
      const now = client.room(id);
      if (now && !isFollowing && !holds(now, span.at)) choose(newest(now));
    });
  }, [isHeld, there, span.at, room.top > 0]);
}

/** @param {RoomState} room @param {Span} span @param {{first: number, last: number} | undefined} run */
function useBeyond(room, span, run) {
  const { history } = useDigi().client;
  const { id } = room.about;
  const ways = history.status.value.get(id) ?? {};
  const wants = run ? wanting(span, run, room.top) : { older: false, newer: false };
  const isBehind = !!run && span.to === Infinity && run.last < room.top;
  useEffect(() => {
    if (run && wants.older && !ways.older) history.older(id, run.first);
    if (run && wants.newer && !ways.newer) history.newer(id, run.last);
  }, [run?.first, run?.last, wants.older, wants.newer, ways.older, ways.newer]);
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => history.newer(id, /** @type {{last: number}} */ (run).last), PATIENCE);
    return () => clearTimeout(timer);
  }, [isBehind, run?.last]);
}

/**
 * Memory stays bounded: of a room that one leaves some pages stay, and of one that one reads those around.
 * @param {RoomState} room
 * @param {Span} span
 * @param {Message[]} messages drawn
 */
function useLettingGo(room, span, messages) {
  const { client } = useDigi();
  const { id } = room.about;
  useEffect(() => () => client.history.trim(id, [keptAround(client.positions.get(id)?.pos ?? Infinity)]), []);
  useEffect(() => {
    if (room.messages.length <= TOO_MANY) return;
    const quoted = messages.flatMap(({ reply_to }) => byId(room.messages, reply_to ?? "")?.pos ?? []);
    const [from, to] = [messages[0]?.pos ?? span.at, messages.at(-1)?.pos ?? span.at];
    const spans = [keptAround(from), keptAround(to), ...quoted.map((pos) => /** @type {[number, number]} */ ([pos, pos]))];
    client.history.trim(id, [...spans, [from, to]]);
  }, [room.messages.length > TOO_MANY, messages]);
}
