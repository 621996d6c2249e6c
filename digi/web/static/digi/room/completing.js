// @ts-check
// The list that completes a name while it is typed. What is in it, and how it looks, is loaded when it is first wanted;
// here is what has to be there before: when it opens, and what the keys do.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { useEffect, useId, useRef, useState } from "../vendor/hooks.js";

const SIGN = /[@#:/]\S{0,40}$/; // a name may have begun: triggers.js knows

/**
 * @typedef {import("./triggers.js").Trigger} Trigger
 * @typedef {{key: string, text: string, view: any}} Option `text` takes the place of what was typed
 * @typedef {{trigger: Trigger, options: Option[], active: number, brought: typeof import("./completions.js")}} Open
 */

/**
 * @param {{current: HTMLTextAreaElement | null}} area
 * @param {RoomState | undefined} room
 * @param {boolean} hasCommands
 */
export function useCompletion(area, room, hasCommands) {
  const id = useId();
  const { open, setOpen, look, close, leave } = useOpen(area, room, hasCommands);
  /** @param {Option} option */
  const choose = ({ text }) => {
    if (open && area.current) open.brought.put(area.current, open.trigger, text);
    close();
  };
  /** Whether the key was for the list. @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (!open || event.ctrlKey || event.metaKey || event.altKey) return false;
    const did = act(event, open, { setOpen, choose, leave });
    if (did) event.preventDefault();
    return did;
  };
  const attributes = { "aria-autocomplete": "list", ...(open && { "aria-controls": id, "aria-activedescendant": `${id}-${open.active}`, "aria-haspopup": "listbox" }) };
  const view = open && html`
    <${open.brought.List} id=${id} area=${area.current} options=${open.options} active=${open.active} choose=${choose}
      point=${(/** @type {number} */ active) => setOpen({ ...open, active })} />
  `;
  return { look, close, pressed, attributes, view };
}

/**
 * What is open, and when it opens and closes.
 * @param {{current: HTMLTextAreaElement | null}} area
 * @param {RoomState | undefined} room
 * @param {boolean} hasCommands
 */
function useOpen(area, room, hasCommands) {
  const digi = useDigi();
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  const turn = useRef(0);
  const left = useRef(""); // where somebody said that they do not want it
  const close = () => {
    turn.current++;
    setOpen(null);
  };
  const leave = () => {
    left.current = open ? placeOf(open.trigger) : "";
    close();
  };
  const look = async () => {
    const [box, mine] = [area.current, ++turn.current];
    const brought = box && room && SIGN.test(box.value.slice(0, box.selectionStart)) ? await import("./completions.js").catch(() => null) : null;
    const trigger = brought && mine === turn.current ? brought.triggerOf(box, hasCommands) : undefined;
    if (mine !== turn.current) return;
    if (!trigger) left.current = "";
    if (!trigger || !brought || !room || placeOf(trigger) === left.current) return close();
    const options = await brought.optionsFor(trigger, room, digi);
    if (mine !== turn.current) return;
    const isWhole = options?.length === 1 && options[0].text.trim() === `${trigger.sign}${trigger.query}`;
    setOpen(options?.length && !isWhole ? { trigger, options, active: 0, brought } : null);
  };
  useEffect(() => () => void turn.current++, []);
  return { open, setOpen, look, close, leave };
}

/** @param {Trigger} trigger */
function placeOf({ sign, from }) {
  return `${sign}${from}`;
}

/**
 * @param {KeyboardEvent} event
 * @param {Open} open
 * @param {{setOpen: (open: Open) => void, choose: (option: Option) => void, leave: () => void}} can
 */
function act({ key, shiftKey }, open, { setOpen, choose, leave }) {
  const { options, active } = open;
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (by) setOpen({ ...open, active: (active + by + options.length) % options.length });
  else if ((key === "Enter" || key === "Tab") && !shiftKey) choose(options[active]);
  else if (key === "Escape") leave();
  else return false;
  return true;
}
