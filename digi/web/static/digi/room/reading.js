// @ts-check
// What counts as read, and from where on things are new: only what was before somebody's eyes.
import { useDigi } from "../context.js";
import { readPos, unread } from "../selectors.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";

/** Whether somebody may be looking at this page. */
export function isWatched() {
  return document.visibilityState === "visible" && document.hasFocus();
}

/**
 * The first pos that is new. It stays while one reads; what comes when one has read all, and is away or further up,
 * moves it.
 * @param {RoomState} room
 */
export function useNews(room) {
  const { client } = useDigi();
  const { id } = room.about;
  const [newFrom, setNewFrom] = useState(() => (unread(room) ? readPos(room) + 1 : null));
  const before = useRef(readPos(room));
  const wasUnread = useRef(unread(room) > 0);
  useEffect(() => {
    const now = client.room(id); // by now it may have been seen
    if (!now) return;
    const isNews = unread(now) > 0 && (!wasUnread.current || readPos(now) < before.current);
    if (isNews) setNewFrom(readPos(now) + 1);
    wasUnread.current = unread(now) > 0;
    before.current = readPos(now);
  }, [room.top, readPos(room)]);
  return newFrom;
}

/**
 * Tells what was seen, when something comes into sight and when somebody comes back to the page.
 * @param {{current: import("./scroll.js").Scroll | null}} scroll
 */
export function useReturning(scroll) {
  useEffect(() => {
    const back = () => isWatched() && scroll.current?.look();
    addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      removeEventListener("focus", back);
      document.removeEventListener("visibilitychange", back);
    };
  }, []);
}
