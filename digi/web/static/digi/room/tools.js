// @ts-check
// A message's actions: a bar for pointer and keyboard, a menu for everything and for a long press.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { IconButton } from "../pieces.js";
import { useRef } from "../vendor/hooks.js";

const LONG = 450; // ms
const AT_HAND = ["Reply", "Edit"];

/** @param {{actions: import("../context.js").Action[]}} props */
export function Tools({ actions }) {
  const { screen } = useDigi();
  const near = actions.filter(({ label }) => AT_HAND.includes(label));
  const others = actions.filter((action) => !near.includes(action));
  const more = here((button) => screen.openMenu(button, others, "Message"));
  return html`
    <div class="tools" role="group" aria-label="Message actions">
      ${near.map(({ label, icon, run }) => html`<${IconButton} label=${label} icon=${icon} onClick=${run} />`)}
      <${IconButton} label="More" icon="more" aria-haspopup="menu" onClick=${more} />
    </div>
  `;
}

/**
 * Handlers that open all actions when a finger stays, or a key asks.
 * @param {import("../context.js").Action[]} actions
 * @param {import("../context.js").Screen} screen
 */
export function useLongPress(actions, screen) {
  const timer = useRef(0);
  const isOpen = useRef(false);
  const drop = () => clearTimeout(timer.current);
  /** @param {Event} event */
  const open = (event) => actions.length && screen.openMenu(/** @type {Element} */ (event.currentTarget), actions, "Message");
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const { currentTarget, target } = event;
      drop();
      isOpen.current = false;
      if (event.pointerType !== "touch" || /** @type {Element} */ (target).closest("a, button, textarea")) return;
      timer.current = setTimeout(() => {
        isOpen.current = true;
        open(/** @type {any} */ ({ currentTarget }));
      }, LONG);
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    onTouchEnd: (/** @type {TouchEvent} */ event) => {
      if (isOpen.current) event.preventDefault(); // or the finger taps what lies under it by now
    },
    onPointerMove: (/** @type {PointerEvent} */ { movementX, movementY }) => {
      if (Math.abs(movementX) + Math.abs(movementY) > 6) drop();
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (event.target !== event.currentTarget || !["Enter", "ContextMenu"].includes(event.key)) return;
      event.preventDefault();
      open(event);
    },
  };
}
