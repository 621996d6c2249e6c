// @ts-check
// Ways through a long conversation: to a message, to a day. Those that float over it are in ways.js.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { t } from "../language.js";
import { byId } from "../places.js";
import { dayName } from "../times.js";
import { useEffect, useMemo, useRef } from "../vendor/hooks.js";
import { clamped } from "./window.js";


/** `offset`: px from the top; else it stands in the middle, and out. @typedef {{pos?: number, offset?: number, id?: string, moment?: Date}} Target */

/**
 * How to bring a message into sight: `go` by its pos, id or a moment, `show` by its id.
 * @param {string} id of the room
 * @param {import("./view.js").View} view
 */
export function useJumps(id, view) {
  const { client, router } = useDigi();
  const latest = useRef(view);
  latest.current = view;
  const jumps = useMemo(() => {
    const toEnd = () => (router.leavePos(), latest.current.go("newest"));
    /** @param {Target} target */
    const go = async (target) => {
      const pos = await posOf(client, id, target);
      if (pos) latest.current.go({ pos, offset: target.offset });
    };
    return { go, toEnd, show: (/** @type {string} */ message) => go({ id: message }) };
  }, []);
  const asked = router.at.value;
  useEffect(() => {
    if (asked) jumps.go({ pos: asked });
  }, [asked]);
  return jumps;
}

/** @param {import("../client.js").Client} client @param {string} id @param {Target} target @returns {Promise<number | undefined>} */
async function posOf(client, id, { pos, id: message, moment }) {
  const room = client.room(id);
  if (pos) return room && clamped(room, pos);
  if (moment) return (await client.history.at(id, moment))?.pos;
  return (byId(room?.messages ?? [], message ?? "") ?? (await client.history.find(id, message ?? "")))?.pos;
}

/** A day's separator; its date leads to other days. @param {{moment: string, now: number, go: (target: Target) => void}} props */
export function Day({ moment, now, go }) {
  return html`<div class="day"><${DayButton} moment=${moment} now=${now} go=${go} /></div>`;
}

/** @param {{moment: string, now: number, go: (target: Target) => void}} props */
export function DayButton({ moment, now, go }) {
  const { screen } = useDigi();
  const open = here(async (button) => {
    const days = await screen.bring(() => import("./days.js"));
    if (days) screen.openMenu(button, days.waysFrom(moment, go, screen), t("Jump to a day"));
  });
  return html`<button type="button" aria-haspopup="menu" title=${t("Jump to a day")} onClick=${open}>${dayName(moment, now)}</button>`;
}
