// @ts-check
// Moving among the rows of the list by keys: one stop for Tab, arrows from there. Knows rows, not rooms.

/** @param {KeyboardEvent} event */
export function step(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  const side = /** @type {HTMLElement} */ (event.currentTarget);
  const rows = /** @type {HTMLElement[]} */ ([...side.querySelectorAll(".list .row")]);
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const at = rows.findIndex((row) => row === focused || row.nextElementSibling === focused);
  if (at < 0 || ctrlKey || metaKey || altKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  const inward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (to === -1) side.querySelector("input")?.focus();
  else if (to !== undefined) rows[Math.min(to, rows.length - 1)].focus();
  else if (key === inward) /** @type {HTMLElement} */ (rows[at].nextElementSibling).focus();
  else if (["ArrowLeft", "ArrowRight"].includes(key)) rows[at].focus();
  else return;
  event.preventDefault();
}
