// @ts-check
// A message's actions: a bar for pointer and keyboard, a menu for everything and for a long press, and a key for most.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { useRef } from "../vendor/hooks.js";

const LONG = 450; // ms
const AT_HAND = ["react", "reply", "edit"];
export const QUICK = "👍";
const USUAL = [QUICK, "❤️", "😂", "🎉", "😮", "😢"];

/**
 * @param {{actions: import("../context.js").Action[], quick?: () => void}} props `quick` puts the emoji that is used most
 */
export function Tools({ actions, quick }) {
  const { screen } = useDigi();
  const near = AT_HAND.flatMap((wanted) => actions.find(({ id }) => id === wanted) ?? []);
  const more = here((button) => screen.openMenu(button, actions, t("Message")));
  const words = t("React with {emoji}", { emoji: QUICK });
  return html`
    <div class="tools" role="group" aria-label=${t("Message actions")}>
      ${quick && html`<button type="button" class="icon quick" aria-label=${words} title=${words} onClick=${quick}>${QUICK}</button>`}
      ${near.map(({ id, label, icon, run }) => html`<${IconButton} key=${id} label=${label} icon=${icon} onClick=${run} />`)}
      <${IconButton} label=${t("More")} icon="more" aria-haspopup="menu" onClick=${more} />
    </div>
  `;
}

/**
 * Handlers that open all actions when a finger stays or a key asks, and run one by its letter.
 * @param {import("../context.js").Action[]} actions
 * @param {import("../context.js").Screen} screen
 * @param {(emoji: string) => void} react
 */
export function useActions(actions, screen, react) {
  const timer = useRef(0);
  const isOpen = useRef(false);
  const drop = () => clearTimeout(timer.current);
  /** @param {Element} line @param {import("../context.js").Action[]} [first] */
  const open = (line, first = []) => actions.length && screen.openMenu(line, [...first, ...actions], t("Message"));
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const line = /** @type {Element} */ (event.currentTarget);
      drop();
      isOpen.current = false;
      if (event.pointerType !== "touch" || /** @type {Element} */ (event.target).closest("a, button, textarea")) return;
      timer.current = setTimeout(() => {
        isOpen.current = true;
        open(line, atHand(actions, react));
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
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
      const run = wanted(event.key, actions, () => open(/** @type {Element} */ (event.currentTarget)));
      if (!run) return;
      event.preventDefault();
      run();
    },
  };
}

/** Reactions under the thumb, where one may react. @param {import("../context.js").Action[]} actions @param {(emoji: string) => void} react @returns {import("../context.js").Action[]} */
function atHand(actions, react) {
  if (!actions.some(({ id }) => id === "react")) return [];
  return USUAL.map((emoji) => ({ emoji, label: t("React with {emoji}", { emoji }), icon: "smile", run: () => react(emoji) }));
}

/**
 * What a key does while a message itself has the focus.
 * @param {string} key
 * @param {import("../context.js").Action[]} actions
 * @param {() => void} open
 */
export function wanted(key, actions, open) {
  if (["Enter", "ContextMenu"].includes(key)) return open;
  const letter = key === ":" ? "+" : key.length === 1 ? key.toLowerCase() : key;
  return actions.find((action) => action.key === letter)?.run;
}
