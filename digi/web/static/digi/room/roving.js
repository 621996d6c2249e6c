// @ts-check
// One tab stop for all messages: arrow keys go from one to the next, and only in the one that has the focus do links and
// buttons take part in tabbing.
import { useEffect, useMemo, useState } from "../vendor/hooks.js";

const LINE = ".msg";
const INSIDE = "a[href], button, summary, input, textarea";

/**
 * @param {{current: HTMLElement | null}} log
 * @param {() => void} toNewest
 */
export function useRoving(log, toNewest) {
  const [stop, setStop] = useState(/** @type {string | null} */ (null));
  useQuietInside(log);
  const handlers = useMemo(
    () => ({
      onFocusIn: (/** @type {FocusEvent} */ event) => {
        const line = /** @type {Element} */ (event.target).closest?.(LINE);
        setStop(line instanceof HTMLElement ? (line.dataset.key ?? null) : null);
      },
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        const here = /** @type {HTMLElement} */ (event.target);
        if (!log.current || event.ctrlKey || event.metaKey || event.altKey) return;
        if (!here.matches(LINE) && here !== log.current) return;
        const next = target(event.key, here, log.current);
        if (event.key === "End") toNewest();
        if (!next) return;
        event.preventDefault();
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest" });
      },
    }),
    [],
  );
  return { stop, handlers };
}

/** Where a key leads from the line `here`, or from the log itself. @param {string} key @param {HTMLElement} here @param {HTMLElement} log */
function target(key, here, log) {
  const lines = /** @type {HTMLElement[]} */ ([...log.querySelectorAll(LINE)]);
  const at = here === log ? nearest(lines, log) : lines.indexOf(here);
  switch (key) {
    case "ArrowUp": return lines[Math.max(0, at - 1)];
    case "ArrowDown": return lines[Math.min(lines.length - 1, at + 1)];
    case "PageUp": return aScreenFrom(lines, at, -1, log.clientHeight);
    case "PageDown": return aScreenFrom(lines, at, 1, log.clientHeight);
    case "Home": return lines[0];
    case "End": return lines.at(-1);
    default: return undefined;
  }
}

/** The line at the bottom of what one sees. @param {HTMLElement[]} lines @param {HTMLElement} log */
function nearest(lines, log) {
  const { scrollTop, clientHeight } = log;
  return Math.max(0, lines.findLastIndex(({ offsetTop }) => offsetTop < scrollTop + clientHeight));
}

/** @param {HTMLElement[]} lines @param {number} at @param {1 | -1} way @param {number} height */
function aScreenFrom(lines, at, way, height) {
  const from = lines[at].offsetTop;
  let next = at;
  while (lines[next + way] && Math.abs(lines[next + way].offsetTop - from) < height * 0.9) next += way;
  return lines[next === at && lines[at + way] ? at + way : next];
}

/** @param {Element} element @param {boolean} isQuiet */
function quiet(element, isQuiet) {
  if (element.hasAttribute("tabindex") === isQuiet) return;
  if (isQuiet) element.setAttribute("tabindex", "-1");
  else element.removeAttribute("tabindex");
}

/**
 * Links and buttons of a line are passed over by Tab unless the focus is in that line.
 * @param {{current: HTMLElement | null}} log
 */
function useQuietInside(log) {
  useEffect(() => {
    const element = log.current;
    if (!element) return undefined;
    /** @type {Element | null} */
    let last = null;
    const settle = () => {
      if (last && !last.isConnected && document.activeElement === document.body) element.focus({ preventScroll: true });
      const own = document.activeElement?.closest(LINE);
      last = own && element.contains(own) ? own : null;
      for (const inside of element.querySelectorAll(INSIDE)) {
        const line = inside.closest(LINE);
        quiet(inside, line ? line !== own : !inside.closest(".above")); // a way to try again is always there
      }
    };
    const observer = new MutationObserver(settle);
    observer.observe(element, { subtree: true, childList: true });
    element.addEventListener("focusin", settle);
    settle();
    return () => {
      observer.disconnect();
      element.removeEventListener("focusin", settle);
    };
  }, []);
}
