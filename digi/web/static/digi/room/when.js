// @ts-check
// When a message was sent; the time is the message's permanent link.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { pathOf } from "../router.js";
import { exactly } from "../times.js";

/** @param {{message: Message, words: string, class?: string}} props */
export function When({ message: { room, pos, sent_at }, words, class: kind = "" }) {
  const { router } = useDigi();
  const time = html`<time datetime=${sent_at} title=${exactly(sent_at)}>${words}</time>`;
  if (!pos) return html`<span class=${`when ${kind}`}>${time}</span>`;
  /** @param {MouseEvent} event */
  const follow = (event) => router.follow(event, room, pos);
  return html`<a class=${`when ${kind}`} href=${pathOf(room, pos)} onClick=${follow}>${time}</a>`;
}
