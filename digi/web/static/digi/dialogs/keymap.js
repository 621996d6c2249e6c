// @ts-check
// Being written.
export function Keymap() {
  return null;
}
