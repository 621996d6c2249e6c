// @ts-check
// Ways to what is loaded when it is wanted: the finder, dialogs, settings. Knows none of them but by name.

/**
 * @typedef {import("./context.js").Digi} Digi
 * @typedef {import("./context.js").Screen} Screen
 */

/** @param {Screen} screen @param {string} [begun] what to look for */
export async function openFinder(screen, begun = "") {
  const caught = catchTyping();
  await screen.load(() => import("./dialogs/switcher.js"), "Switcher", { begun, caught });
  if (!screen.dialog.peek()) caught.stop();
}

/** @typedef {{text: string, isEntered: boolean, stop: () => void}} Caught `isEntered`: the text was ended by Enter */

/** What is typed until a field is there to take it. @returns {Caught} */
function catchTyping() {
  /** @param {KeyboardEvent} event */
  const take = (event) => {
    if (event.key === "Enter") caught.isEntered = true;
    else if (event.key === "Backspace") caught.text = caught.text.slice(0, -1);
    else if (isLetter(event) || event.key === " ") caught.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const caught = { text: "", isEntered: false, stop: () => removeEventListener("keydown", take, true) };
  addEventListener("keydown", take, true);
  return caught;
}

/** @param {Screen} screen */
export function openStart(screen) {
  return screen.load(() => import("./dialogs/start.js"), "Start");
}

/** @param {Screen} screen */
export function openMentions(screen) {
  return screen.load(() => import("./dialogs/mentions.js"), "Mentions");
}

/** @param {Screen} screen */
export function openFriends(screen) {
  return screen.load(() => import("./dialogs/friends.js"), "Friends");
}

/** @param {Screen} screen */
export function openKeys(screen) {
  return screen.load(() => import("./dialogs/keymap.js"), "Keymap");
}

/** @param {Digi} digi @param {string} [part] the one to begin with */
export async function openSettings(digi, part) {
  const settings = await digi.screen.bring(() => import("./dialogs/settings/open.js"));
  await settings?.open(digi, part);
}

/** @param {KeyboardEvent} event */
export function isLetter({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}
