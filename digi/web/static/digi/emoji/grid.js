// @ts-check
// Where an arrow leads in a grid of so many columns. Pure.

/**
 * The place one comes to; -1 above the first row, and null where the key means nothing here.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @param {number} columns
 * @param {boolean} [isRightToLeft]
 */
export function stepped(key, at, count, columns, isRightToLeft = false) {
  const row = at - (at % columns);
  const end = Math.min(row + columns, count) - 1;
  const sideways = isRightToLeft ? -1 : 1;
  switch (key) {
    case "ArrowRight": return clamped(at + sideways, count);
    case "ArrowLeft": return clamped(at - sideways, count);
    case "ArrowDown": return row + columns < count ? Math.min(at + columns, count - 1) : at;
    case "ArrowUp": return Math.max(at - columns, -1);
    case "Home": return row;
    case "End": return end;
    case "PageDown": return clamped(at + 5 * columns, count);
    case "PageUp": return clamped(at - 5 * columns, count);
    default: return null;
  }
}

/** @param {number} place @param {number} count */
function clamped(place, count) {
  return Math.max(0, Math.min(place, count - 1));
}
