// @ts-check
// What the browser tells of the line, and of somebody being there, told to the client. Knows no view.
import { effect } from "./vendor/signals.js";

/** What may end an outage ends it at once; what may have cut the line is found out. @param {import("./client.js").Client} client */
export function keepAwake(client) {
  const { connection, outbox, link, boot } = client;
  const nudge = () => {
    connection.nudge();
    outbox.pump();
  };
  let triedAt = 0;
  const acted = () => {
    if (link.peek().is !== "waiting" || Date.now() - triedAt < 3000) return;
    triedAt = Date.now();
    connection.nudge(); // somebody is here and waits: do not let them
  };
  for (const sign of ["keydown", "pointerdown", "focus"]) addEventListener(sign, acted, { passive: true });
  addEventListener("pagehide", () => client.leave());
  addEventListener("online", nudge);
  addEventListener("offline", () => connection.nudge());
  addEventListener("pageshow", (event) => event.persisted && nudge());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && nudge());
  effect(() => {
    if (link.value.is !== "signed-out") return;
    location.assign(`${boot.urls.login ?? "/accounts/login/"}?next=${encodeURIComponent(location.pathname)}`);
  });
}
