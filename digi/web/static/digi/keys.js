// @ts-check
// Idempotency keys: random, lower-case, no secure context needed.

/** 26 characters of [0-9a-z], 134 bits. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}
