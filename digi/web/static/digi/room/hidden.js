// @ts-check
// In rooms that one shares with somebody one has blocked, their messages are folded away, in the browser alone.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useMemo, useState } from "../vendor/hooks.js";

/** @typedef {{isHidden: (message: Message) => boolean, reveal: (message: Message) => void}} Hiding */

/** @param {RoomState} room @returns {Hiding} */
export function useHiding(room) {
  const { client } = useDigi();
  const { blocks } = client.state.value;
  const [shown, setShown] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const isShared = room.about.kind !== "direct";
  return useMemo(
    () => ({
      isHidden: ({ id, author, kind }) => isShared && kind === "text" && !!blocks.get(author)?.active && !shown.has(id),
      reveal: ({ id }) => setShown((before) => new Set(before).add(id)),
    }),
    [blocks, shown],
  );
}

/** @param {{line: import("./lines.js").HiddenLine, isStop: boolean, hiding: Hiding}} props */
export function Hidden({ line: { key, message }, isStop, hiding }) {
  const words = t("Message of somebody you blocked.");
  return html`
    <div class="msg folded" data-key=${key} data-pos=${message.pos} role="article" aria-label=${words} tabindex=${isStop ? 0 : -1}>
      <span></span><p>${words} <button type="button" onClick=${() => hiding.reveal(message)}>${t("Show")}</button></p>
    </div>
  `;
}
