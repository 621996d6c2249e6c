// @ts-check
// Whether this browser lets us tell what comes, and whether one was asked. Knows no message.

/** In this browser's storage, once the line that offers notices was answered. */
export const ASKED = "notices.asked";

/** What the browser says; "unsupported" also where the connection is not secure. */
export function permission() {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "unsupported";
}
