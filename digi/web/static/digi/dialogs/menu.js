// @ts-check
// The one open menu: actions in a list near what opened it; on a phone it comes up from below.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { Icon } from "../pieces.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";

export function Menu() {
  const { screen } = useDigi();
  const menu = screen.menu.value;
  return menu && html`<${Open} key=${menu} menu=${menu} close=${() => (screen.menu.value = null)} />`;
}

/** @param {{menu: import("../context.js").OpenMenu, close: () => void}} props */
function Open({ menu, close }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const before = useRef(document.activeElement);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    element.showPopover();
    place(element, menu.near);
    /** @type {HTMLElement | null} */ (element.querySelector("button"))?.focus({ preventScroll: true });
    /** @param {Event} event */
    const outside = (event) => !element.contains(/** @type {Node} */ (event.target)) && close();
    addEventListener("pointerdown", outside, true);
    return () => {
      removeEventListener("pointerdown", outside, true);
      const { activeElement, body } = document;
      if (!activeElement || activeElement === body || element.contains(activeElement)) /** @type {HTMLElement} */ (before.current)?.focus?.();
    };
  }, []);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (!["Escape", "Tab"].includes(event.key)) return step(event);
    event.preventDefault();
    close();
  };
  // Not popover="auto": that closes when the finger lifts whose long press opened it.
  return html`
    <div class="menu" role="menu" popover="manual" aria-label=${menu.label} ref=${list} onKeyDown=${pressed}>
      ${menu.actions.map((action) => html`<${Item} key=${action.label} action=${action} close=${close} />`)}
    </div>
  `;
}

/** @param {{action: import("../context.js").Action, close: () => void}} props */
function Item({ action: { label, icon, run, isDanger, isOn }, close }) {
  const role = isOn === undefined ? "menuitem" : "menuitemradio";
  return html`
    <button type="button" role=${role} aria-checked=${isOn} class=${isDanger ? "danger" : ""} onClick=${() => (close(), run())}>
      <${Icon} name=${icon} />${label}
    </button>
  `;
}

/** Beside its anchor, inside the window. @param {HTMLElement} element @param {DOMRect} near */
function place(element, near) {
  const { offsetWidth: width, offsetHeight: height } = element;
  const left = Math.max(8, Math.min(near.right - width, innerWidth - width - 8));
  const below = near.bottom + 4;
  const top = below + height < innerHeight - 8 ? below : Math.max(8, near.top - height - 4);
  element.style.setProperty("--left", `${left}px`);
  element.style.setProperty("--top", `${top}px`);
}

/** @param {KeyboardEvent} event */
function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  buttons.at((at + by) % buttons.length)?.focus();
}
