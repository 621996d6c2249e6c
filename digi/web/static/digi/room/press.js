// @ts-check
// When a message's actions are asked for: a finger stays, or a key is pressed on the message itself. What they are is
// loaded then.
import { useDigi } from "../context.js";
import { useRef } from "../vendor/hooks.js";

const LONG = 450; // ms
const KEYS = /^([r+:epfclu]|Delete|Enter|ContextMenu)$/i; // of actions.js, and those that open the menu

/** @type {typeof import("./tools.js") | undefined} kept: then a key acts at once, and what is typed after it goes where it led */
let tools;

/** @param {Message} message @param {boolean} isActable */
export function usePress(message, isActable) {
  const digi = useDigi();
  /** @param {(tools: typeof import("./tools.js")) => void} run */
  const act = async (run) => {
    if (!isActable) return;
    tools ??= await digi.screen.bring(() => import("./tools.js"));
    if (tools) run(tools);
  };
  const touch = useHold((line) => act(({ openActions }) => openActions(digi, message, line, true)));
  return {
    ...touch,
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const line = /** @type {Element} */ (event.currentTarget);
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (target !== line || ctrlKey || metaKey || altKey || !KEYS.test(key)) return;
      event.preventDefault();
      act(({ runKey }) => runKey(digi, message, line, key));
    },
  };
}

/** Handlers for a finger that stays. @param {(line: Element) => void} open */
function useHold(open) {
  const timer = useRef(0);
  const isOpen = useRef(false);
  const drop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const line = /** @type {Element} */ (event.currentTarget);
      drop();
      isOpen.current = false;
      if (event.pointerType !== "touch" || /** @type {Element} */ (event.target).closest("a, button, textarea")) return;
      timer.current = setTimeout(() => {
        isOpen.current = true;
        open(line);
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
  };
}
