// @ts-check
// Being written.
export function Mentions() {
  return null;
}
