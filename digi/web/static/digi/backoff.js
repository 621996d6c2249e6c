// @ts-check
// How long to wait before trying again, so that a thousand clients do not come back in the same moment.

/**
 * Milliseconds before try number `n` (0 is the first after a loss): full jitter, at most 10 s: somebody is looking at the page.
 * @param {number} n
 * @param {number} random 0 … 1
 */
export function backOff(n, random) {
  return random * Math.min(10_000, 500 * 2 ** n);
}
