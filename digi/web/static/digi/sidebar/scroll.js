// @ts-check
// Where the list is scrolled to.
import { useEffect, useLayoutEffect, useRef } from "../vendor/hooks.js";

/** A list that was off the screen comes back where it was. @param {import("./outofsight.js").List} list @param {string | null} current */
export function useScroll(list, current) {
  const at = useRef(0);
  useEffect(() => {
    const element = list.current;
    const scrolled = () => element?.offsetHeight && (at.current = element.scrollTop);
    element?.addEventListener("scroll", scrolled, { passive: true });
    return () => element?.removeEventListener("scroll", scrolled);
  }, []);
  useLayoutEffect(() => {
    if (!current && list.current) list.current.scrollTop = at.current;
  }, [current]);
}
