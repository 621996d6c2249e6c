// @ts-check
// Whether a box moves in itself, and so has to be reached by the keyboard.
import { useEffect, useRef, useState } from "../vendor/hooks.js";

/**
 * For what moves in itself: the keyboard gets there where there is anything to move.
 * @returns {[{current: HTMLElement | null}, 0 | undefined]}
 */
export function useReach() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [isWide, setIsWide] = useState(false);
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const look = () => setIsWide(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, isWide ? 0 : undefined];
}
