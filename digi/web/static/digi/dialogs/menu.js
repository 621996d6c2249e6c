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
    const toggled = (event) => /** @type {ToggleEvent} */ (event).newState === "closed" && close();
    element.addEventListener("toggle", toggled);
    return () => {
      element.removeEventListener("toggle", toggled);
      if (!document.activeElement || document.activeElement === document.body) /** @type {HTMLElement} */ (before.current)?.focus?.();
    };
  }, []);
  return html`
    <div class="menu" role="menu" popover="auto" aria-label=${menu.label} ref=${list} onKeyDown=${step}>
      ${menu.actions.map(
        ({ label, icon, run, isDanger, isOn }) => html`
          <button type="button" role=${isOn === undefined ? "menuitem" : "menuitemradio"} aria-checked=${isOn} class=${isDanger ? "danger" : ""} onClick=${() => (close(), run())}>
            <${Icon} name=${icon} />${label}
          </button>
        `,
      )}
    </div>
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
