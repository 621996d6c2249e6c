// @ts-check
// How far a message of one's own has come: in direct rooms sent, delivered, read; in small rooms seen by how many.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { n, t } from "../language.js";
import { Icon } from "../pieces.js";
import { get } from "../requests.js";
import { useEffect } from "../vendor/hooks.js";

/** @typedef {"sent" | "delivered" | "read"} Way */

/**
 * How far a message has come to the other of a direct room. Pure.
 * @param {Message} message
 * @param {RoomState} room
 * @param {string} me
 * @returns {Way}
 */
export function wayOf({ pos, rev }, { about, reads, delivered }, me) {
  const other = about.people?.find((name) => name !== me) ?? me;
  if ((reads.get(other) ?? 0) >= pos) return "read";
  return (delivered.get(other) ?? 0) >= rev ? "delivered" : "sent";
}

/** Who of the others has read it. Pure. @param {Message} message @param {RoomState} room @param {string} me */
export function readersOf({ pos, author }, { reads }, me) {
  return [...reads].filter(([name, read]) => read >= pos && name !== me && name !== author).map(([name]) => name);
}

/** @param {{way: Way, isLast: boolean}} props `isLast` is always drawn, others when one points at them */
export function Ticks({ way, isLast }) {
  const words = { sent: t("Sent"), delivered: t("Delivered"), read: t("Read") }[way];
  return html`
    <span class=${`ticks ${way} ${isLast ? "last" : ""}`} title=${words}>
      <${Icon} name=${way === "sent" ? "tick" : "ticks"} /><span class="sr">${words}</span>
    </span>
  `;
}

/** @param {{message: Message, count: number}} props */
export function SeenBy({ message, count }) {
  const { screen } = useDigi();
  const show = () => screen.load(() => import("../dialogs/readers.js"), "Readers", { message });
  return html`
    <button type="button" class="ticks read last" onClick=${show}><${Icon} name="ticks" />${n(count, "Seen by {count}", "Seen by {count}")}</button>
  `;
}

/** What was read here before, and while there was no connection: asked for on opening, and when the line is back. @param {RoomState} room */
export function useReads({ about: { id } }) {
  const { client } = useDigi();
  const isOpen = client.link.value.is === "open";
  useEffect(() => {
    if (!isOpen) return;
    get(`/rooms/${id}/reads`).then(
      ({ reads }) => client.learn([{ reads, of: id }]),
      () => {}, // then it is told as it happens
    );
  }, [isOpen, id]);
}
