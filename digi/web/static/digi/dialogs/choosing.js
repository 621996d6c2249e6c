// @ts-check
// Choosing one of several by arrows while a field keeps the focus, as comboboxes do (WAI-ARIA 1.2). Knows no options.
import { useState } from "../vendor/hooks.js";

/** @param {number} count of what can be chosen @param {(index: number) => void} choose */
export function useChoice(count, choose) {
  const [at, point] = useState(0);
  const active = Math.min(at, count - 1);
  /** Whether the key was for this. @param {KeyboardEvent} event */
  const pressed = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.keyCode === 229 || active < 0) return false;
    if (by) point((active + by + count) % count);
    else if (event.key === "Enter") choose(active);
    else return false;
    event.preventDefault();
    return true;
  };
  return { active, point, pressed };
}
