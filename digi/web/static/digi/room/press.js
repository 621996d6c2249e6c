// @ts-check
// When a message's actions are asked for: a finger stays, or a key is pressed on the message itself. What they are is
// loaded then.
import { useDigi } from "../context.js";
import { useHold } from "../hold.js";

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
  const open = (/** @type {Element} */ line) => act(({ openActions }) => openActions(digi, message, line, true));
  const { touch } = useHold(open, (target) => target.closest("a, button, textarea"));
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
