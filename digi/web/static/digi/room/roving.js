// @ts-check
// One tab stop for all messages; the arrow keys go from one to the next.
import { useMemo, useState } from "../vendor/hooks.js";

/** @param {{current: HTMLElement | null}} log */
export function useRoving(log) {
  const [stop, setStop] = useState(/** @type {string | null} */ (null));
  const handlers = useMemo(
    () => ({
      onFocusIn: (/** @type {FocusEvent} */ event) => {
        const line = /** @type {Element} */ (event.target).closest?.(".msg");
        setStop(line instanceof HTMLElement ? (line.dataset.key ?? null) : null);
      },
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        const here = /** @type {Element} */ (event.target);
        if (!here.matches(".msg")) return;
        const lines = [...(log.current?.querySelectorAll(".msg") ?? [])];
        const next = lines.at(target(event.key, lines.indexOf(here), lines.length));
        if (!next || next === here) return;
        event.preventDefault();
        /** @type {HTMLElement} */ (next).focus();
      },
    }),
    [],
  );
  return { stop, handlers };
}

/** @param {string} key @param {number} at @param {number} count */
function target(key, at, count) {
  switch (key) {
    case "ArrowUp": return Math.max(0, at - 1);
    case "ArrowDown": return Math.min(count - 1, at + 1);
    case "Home": return 0;
    case "End": return count - 1;
    default: return at;
  }
}
