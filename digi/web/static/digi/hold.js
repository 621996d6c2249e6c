// @ts-check
// A long press of a finger. Knows nothing of what it opens.
import { useRef } from "./vendor/hooks.js";

const LONG = 450; // ms
const STILL = 6; // px that a resting finger may move

/**
 * @param {(pressed: Element) => void} open
 * @param {(target: Element) => unknown} [isOther] whether what lies under the finger has a press of its own
 * @returns {{touch: Record<string, (event: any) => void>, isOpen: {current: boolean}}} handlers for the element that is
 *   pressed, and whether the last press was a long one
 */
export function useHold(open, isOther = () => false) {
  const timer = useRef(0);
  const isOpen = useRef(false);
  const drop = () => clearTimeout(timer.current);
  const touch = {
    onPointerDown: (/** @type {PointerEvent} */ { currentTarget, target, pointerType }) => {
      drop();
      isOpen.current = false;
      if (pointerType !== "touch" || isOther(/** @type {Element} */ (target))) return;
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
  };
  return { touch, isOpen };
}
