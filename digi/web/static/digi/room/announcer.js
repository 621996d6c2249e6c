// @ts-check
// Says aloud, for those who do not see the page, what others write in the open room: briefly, and seldom.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { n, t } from "../language.js";
import { placeOf } from "../places.js";
import { person } from "../selectors.js";
import { snippet } from "../text/plain.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { happened } from "../words.js";
import { listed } from "./names.js";

const PACE = 4000; // ms between two utterances

/** @param {{room: RoomState}} props */
export function Announcer({ room }) {
  const { client } = useDigi();
  const [words, setWords] = useState("");
  const from = useRef(room.top); // what stood here when one came is read, not announced
  const timer = useRef(0);
  const look = useRef(() => {});
  look.current = () => {
    const state = client.state.peek();
    const now = client.room(room.about.id);
    const news = now ? newsOf(state, now, from.current) : [];
    from.current = Math.max(from.current, now?.top ?? 0);
    if (!news.length) return;
    setWords(utterance(state, news));
    timer.current = setTimeout(() => ((timer.current = 0), look.current()), PACE);
  };
  useEffect(() => {
    if (!timer.current) look.current();
  }, [room.messages]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return html`<p class="sr" role="status">${words}</p>`;
}

/** What others have said after `pos`, but for those one has blocked. @param {State} state @param {RoomState} room @param {number} pos */
export function newsOf({ me, blocks }, { messages }, pos) {
  const later = messages.slice(placeOf(messages, pos + 1));
  return later.filter(({ author, deleted }) => author !== me.username && !deleted && !blocks.get(author)?.active);
}

/** @param {State} state @param {Message[]} news */
export function utterance(state, news) {
  const [first] = news;
  if (news.length === 1 && first.kind === "system") return happened(state, first);
  const names = [...new Set(news.map(({ author }) => person(state, author).display_name))];
  if (news.length === 1) return t("{name}: {text}", { name: names[0], text: snippet(first.body, 200) });
  return n(news.length, "{count} new message from {names}", "{count} new messages from {names}", { names: listed(shortened(names)) });
}

/** @param {string[]} names */
function shortened(names) {
  return names.length > 3 ? [...names.slice(0, 2), n(names.length - 2, "{count} other", "{count} others")] : names;
}
