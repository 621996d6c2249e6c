// @ts-check
// One tab stop for all messages: arrow keys go from one to the next, and only in the one that has the focus do links and
// buttons take part in tabbing.

const LINE = ".msg, .sys";
const REST = 300; // ms after which one no longer scrolls
const INSIDE = "a[href], button, summary, input, textarea";

/**
 * Has the focus rove in `log` from now on.
 * @param {HTMLElement} log
 * @param {{setStop: (key: string | null) => void, toNewest: () => void}} tell the line that the tab key leads to, and that the newest is wanted
 * @returns {() => void} ends it
 */
export function rove(log, { setStop, toNewest }) {
  /** @param {FocusEvent} event */
  const entered = (event) => {
    const line = /** @type {Element} */ (event.target).closest?.(LINE);
    setStop(line instanceof HTMLElement ? (line.dataset.key ?? null) : null);
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const here = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!here.matches(LINE) && here !== log) return;
    const next = target(event.key, here, log);
    if (event.key === "End") toNewest();
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  log.addEventListener("focusin", entered);
  log.addEventListener("keydown", pressed);
  const ends = [stopInSight(log, setStop), quietInside(log)];
  return () => {
    log.removeEventListener("focusin", entered);
    log.removeEventListener("keydown", pressed);
    for (const end of ends) end();
  };
}

/** Where a key leads from the line `here`, or from the log itself. @param {string} key @param {HTMLElement} here @param {HTMLElement} log */
function target(key, here, log) {
  const lines = linesOf(log);
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

/** @param {HTMLElement} log @returns {HTMLElement[]} */
function linesOf(log) {
  return [...log.querySelectorAll(LINE)].map((line) => /** @type {HTMLElement} */ (line));
}

/** The last line that one sees all of, or else some of. @param {HTMLElement[]} lines @param {HTMLElement} log */
function nearest(lines, { scrollTop, clientHeight }) {
  const end = scrollTop + clientHeight;
  const whole = lines.findLastIndex(({ offsetTop, offsetHeight }) => offsetTop >= scrollTop && offsetTop + offsetHeight <= end);
  return whole >= 0 ? whole : Math.max(0, lines.findLastIndex(({ offsetTop }) => offsetTop < end));
}

/** @param {HTMLElement[]} lines @param {number} at @param {1 | -1} way @param {number} height */
function aScreenFrom(lines, at, way, height) {
  const from = lines[at].offsetTop;
  let next = at;
  while (lines[next + way] && Math.abs(lines[next + way].offsetTop - from) < height * 0.9) next += way;
  return lines[next === at && lines[at + way] ? at + way : next];
}

/** Tab leads to a line that one sees, however far one has scrolled. @param {HTMLElement} log @param {(key: string | null) => void} setStop */
function stopInSight(log, setStop) {
  let timer = 0;
  const rested = () => {
    if (log.contains(document.activeElement)) return;
    const lines = linesOf(log);
    setStop(lines[nearest(lines, log)]?.dataset.key ?? null);
  };
  const scrolled = () => {
    clearTimeout(timer);
    timer = setTimeout(rested, REST);
  };
  log.addEventListener("scroll", scrolled, { passive: true });
  return () => {
    clearTimeout(timer);
    log.removeEventListener("scroll", scrolled);
  };
}

/** @param {Element} element @param {boolean} isQuiet */
function quiet(element, isQuiet) {
  if (element.hasAttribute("tabindex") === isQuiet) return;
  if (isQuiet) element.setAttribute("tabindex", "-1");
  else element.removeAttribute("tabindex");
}

/** Links and buttons of a line are passed over by Tab unless the focus is in that line. @param {HTMLElement} log */
function quietInside(log) {
  /** @type {Element | null} */
  let last = null;
  const settle = () => {
    if (last && !last.isConnected && document.activeElement === document.body) log.focus({ preventScroll: true });
    const own = document.activeElement?.closest(LINE);
    last = own && log.contains(own) ? own : null;
    for (const inside of log.querySelectorAll(INSIDE)) {
      const line = inside.closest(LINE);
      quiet(inside, line ? line !== own : !inside.closest(".above")); // a way to try again is always there
    }
  };
  const observer = new MutationObserver(settle);
  observer.observe(log, { subtree: true, childList: true });
  log.addEventListener("focusin", settle);
  settle();
  return () => {
    observer.disconnect();
    log.removeEventListener("focusin", settle);
  };
}
