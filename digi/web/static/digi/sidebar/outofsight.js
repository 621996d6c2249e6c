// @ts-check
// A small button for what is unread beyond the edges of the list.
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useEffect, useState } from "../vendor/hooks.js";

const STILL = "(prefers-reduced-motion: reduce)";
const UNREAD = ".row:has(.badge:not(.quiet))";

/** @typedef {{current: HTMLElement | null}} List */

/** @param {{list: List}} props */
export function OutOfSight({ list }) {
  const [where, setWhere] = useState(/** @type {"" | "above" | "below"} */ (""));
  const look = () => void (list.current && setWhere(beyond(list.current)));
  useEffect(look);
  useEffect(() => {
    const element = list.current;
    const sizes = new ResizeObserver(look);
    element?.addEventListener("scroll", look, { passive: true });
    if (element) sizes.observe(element);
    return () => {
      sizes.disconnect();
      element?.removeEventListener("scroll", look);
    };
  }, []);
  if (!where) return null;
  const go = () => hidden(/** @type {HTMLElement} */ (list.current), where)?.scrollIntoView({ block: "center", behavior: matchMedia(STILL).matches ? "auto" : "smooth" });
  return html`
    <div class=${`beyond ${where}`}>
      <button type="button" tabindex="-1" onClick=${go}><${Icon} name=${where === "above" ? "up" : "down"} />${t("More unread")}</button>
    </div>
  `;
}

/** @param {HTMLElement} list @returns {"" | "above" | "below"} */
function beyond(list) {
  if (hidden(list, "below")) return "below";
  return hidden(list, "above") ? "above" : "";
}

/** The nearest unread row that is out of sight. @param {HTMLElement} list @param {"above" | "below"} where */
function hidden(list, where) {
  const { top, bottom } = list.getBoundingClientRect();
  if (bottom - top < 1) return undefined; // not on the screen itself
  const rows = [...list.querySelectorAll(UNREAD)];
  return where === "below"
    ? rows.find((row) => row.getBoundingClientRect().top >= bottom - 4)
    : rows.findLast((row) => row.getBoundingClientRect().bottom <= top + 4);
}
