// @ts-check
// Being written.
export function Switcher() {
  return null;
}
