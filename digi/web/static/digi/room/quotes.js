// @ts-check
// The messages that others answer, fetched where they stand far from what is drawn: a quote always says who and what.
import { useDigi } from "../context.js";
import { byId } from "../places.js";
import { useEffect } from "../vendor/hooks.js";

/** @param {RoomState} room @param {Message[]} messages drawn */
export function useQuotes(room, messages) {
  const { client } = useDigi();
  const unknown = messages.flatMap(({ reply_to }) => (reply_to && !byId(room.messages, reply_to) ? [reply_to] : []));
  useEffect(() => {
    if (unknown.length) client.history.quoted(room.about.id, [...new Set(unknown)]);
  }, [unknown.join()]);
}
