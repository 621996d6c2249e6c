// @ts-check
// From what was typed to what is sent: emoji for their names, a command for its word, and the time to take it back.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { settings } from "../settings.js";
import { useRef, useState } from "../vendor/hooks.js";
import { withEmoji } from "./picking.js";

const NAMED = /:[\p{L}\p{N}_+-]{2,30}:/u;
const ASKED = /^\/[a-z]+(\s|$)/;

/** @param {RoomState} room @param {() => void} onSent */
export function useSending(room, onSent) {
  const digi = useDigi();
  const { client, drafts } = digi;
  const { id } = room.about;
  const [wrong, setWrong] = useState("");
  const before = useRef(/** @type {Promise<void> | null} */ (null)); // what is still being made ready
  /** @param {string} text @param {string} [reply_to] */
  const say = (text, reply_to) => {
    const safe = client.say(id, text, reply_to, settings(client.state.peek()).undo_send * 1000);
    onSent();
    return safe;
  };
  /** @param {string} text @param {string} [reply_to] */
  const send = (text, reply_to) => {
    setWrong("");
    if (!before.current && !NAMED.test(text) && !ASKED.test(text)) return void drafts.sent(id, say(text, reply_to));
    const mine = (before.current ?? Promise.resolve()).then(() => prepared(text, reply_to, { room, digi, say }));
    const done = mine.catch((error) => {
      setWrong(sentence(error));
      drafts.restore(id, text, reply_to);
    });
    before.current = done;
    void drafts.sent(id, done);
    void done.then(() => before.current === done && (before.current = null));
  };
  return { send, wrong };
}

/**
 * Says a text with emoji in the place of their names, or does what its command asks for.
 * @param {string} text
 * @param {string | undefined} reply_to
 * @param {{room: RoomState, digi: import("../context.js").Digi, say: (text: string, reply_to?: string) => Promise<void>}} with
 */
async function prepared(text, reply_to, { room, digi, say }) {
  const brought = ASKED.test(text) ? await import("./slash.js") : undefined;
  const asked = brought?.slashIn(text, room);
  const said = asked ? await brought?.obey(asked, digi) : text;
  if (said) await say(NAMED.test(said) ? await withEmoji(said) : said, asked ? undefined : reply_to);
}
