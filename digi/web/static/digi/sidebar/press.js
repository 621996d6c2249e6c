// @ts-check
// Asking for a row's menu: a long press, the menu key, a click with the other button. Knows no menu.
import { useRef } from "../vendor/hooks.js";

const LONG = 450; // ms
const STILL = 6; // px that a resting finger may move

/**
 * Handlers for the element that was pressed.
 * @param {(anchor: Element) => void} open
 * @param {(event: MouseEvent) => void} click what a plain press does
 */
export function usePress(open, click) {
  const timer = useRef(0);
  const isOpen = useRef(false);
  const drop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (/** @type {PointerEvent} */ { currentTarget, pointerType }) => {
      drop();
      isOpen.current = false;
      if (pointerType !== "touch") return;
      timer.current = setTimeout(() => {
        isOpen.current = true;
        open(/** @type {Element} */ (currentTarget));
      }, LONG);
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    onPointerMove: (/** @type {PointerEvent} */ { movementX, movementY }) => {
      if (Math.abs(movementX) + Math.abs(movementY) > STILL) drop();
    },
    onTouchEnd: (/** @type {TouchEvent} */ event) => {
      if (isOpen.current) event.preventDefault(); // or the finger taps what lies under it by now
    },
    onContextMenu: (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      drop();
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
