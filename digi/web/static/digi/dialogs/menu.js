// @ts-check
// The one open menu: actions in a list near what opened it; on a phone it comes up from below.
import { onCloseRequest } from "../closing.js";
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";

/** @param {{menu: import("../context.js").OpenMenu}} props */
export function Menu({ menu }) {
  const { screen } = useDigi();
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => menu === screen.menu.peek() && (screen.menu.value = null);
  const [quick, others] = [menu.actions.filter(({ emoji }) => emoji), menu.actions.filter(({ emoji }) => !emoji)];
  /** @param {import("../context.js").Action} action */
  const item = (action) => html`<${Item} key=${action.label} action=${action} close=${close} />`;
  useLayoutEffect(() => opened(/** @type {HTMLElement} */ (list.current), menu, close), []);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (!["Escape", "Tab"].includes(event.key)) return step(event);
    event.preventDefault();
    close();
  };
  /** @param {Event} event */
  const nativeMenu = (event) => event.preventDefault(); // the key that opened this asks for the browser's as well
  // Not popover="auto": that closes when the finger lifts whose long press opened it.
  return html`
    <section aria-label=${menu.label}>
      <div class="menu" role="menu" popover="manual" aria-label=${menu.label} ref=${list} onKeyDown=${pressed} onContextMenu=${nativeMenu}>
        ${quick.length > 0 && html`<div class="quicks" role="presentation">${quick.map(item)}</div>`}
        ${others.map(item)}
      </div>
    </section>
  `;
}

/** @param {HTMLElement} element @param {import("../context.js").OpenMenu} menu @param {() => void} close @returns {() => void} */
function opened(element, { near, anchor }, close) {
  element.showPopover();
  place(element, near);
  element.querySelector("button")?.focus({ preventScroll: true });
  /** @param {Event} event */
  const outside = (event) => !element.contains(/** @type {Node} */ (event.target)) && close();
  addEventListener("pointerdown", outside, true);
  const stop = onCloseRequest(close);
  return () => {
    removeEventListener("pointerdown", outside, true);
    stop();
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body || element.contains(activeElement)) /** @type {HTMLElement} */ (anchor).focus({ preventScroll: true });
  };
}

/** @param {{action: import("../context.js").Action, close: () => void}} props */
function Item({ action: { label, icon, run, isDanger, isOn, key, emoji }, close }) {
  const role = isOn === undefined ? "menuitem" : "menuitemradio";
  if (emoji) {
    return html`<button type="button" role="menuitem" class="quick emoji" aria-label=${label} onClick=${() => (close(), run())}>${emoji}</button>`;
  }
  return html`
    <button type="button" role=${role} aria-checked=${isOn} class=${isDanger ? "danger" : ""} onClick=${() => (close(), run())}>
      <${Icon} name=${icon} />${label}${key && html`<kbd aria-hidden="true">${key === "Delete" ? t("Del") : key.toUpperCase()}</kbd>`}
    </button>
  `;
}

/** Beside its anchor, inside the window. @param {HTMLElement} element @param {DOMRect} near */
function place(element, near) {
  const { offsetWidth: width, offsetHeight: height } = element;
  const begin = document.dir === "rtl" ? near.left : near.right - width;
  const left = Math.max(8, Math.min(begin, innerWidth - width - 8));
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
