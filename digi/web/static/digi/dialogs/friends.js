// @ts-check
// Being written.
export function Friends() {
  return null;
}
