// @ts-check
// Asking for a row's menu: a long press, the menu key, a click with the other button. Knows no menu.
import { useHold } from "../hold.js";

/**
 * Handlers for the element that was pressed.
 * @param {(anchor: Element) => void} open
 * @param {(event: MouseEvent) => void} click what a plain press does
 */
export function usePress(open, click) {
  const { touch, isOpen } = useHold(open);
  return {
    ...touch,
    onContextMenu: (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      touch.onPointerUp(event);
      if (!isOpen.current) open(/** @type {Element} */ (event.currentTarget)); // some browsers say so of a long press too
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (!asksForMenu(event)) return;
      event.preventDefault();
      isOpen.current = false;
      open(/** @type {Element} */ (event.currentTarget));
    },
    onClick: click,
  };
}

/** @param {KeyboardEvent} event */
function asksForMenu({ key, shiftKey }) {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}
