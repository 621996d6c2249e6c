// @ts-check
// Where a room would be, when none is open.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { openStart } from "../openers.js";

/** @param {{isMissing: boolean}} props whether the address names a room that is not, or no longer, ours to see */
export function Welcome({ isMissing }) {
  const { router, screen } = useDigi();
  const text = isMissing
    ? t("This room does not exist, or you are not in it any more.")
    : t("Pick a conversation, enter a room by its name, or write to somebody.");
  const back = () => router.go(null);
  return html`
    <section class="room empty">
      ${isMissing && html`<header class="head"><${IconButton} label=${t("Back")} icon="back" class="icon back" onClick=${back} /></header>`}
      <div class="teach">
        <p>${text}</p>
        <button type="button" class="btn" onClick=${() => openStart(screen)}>${t("Start a conversation")}</button>
      </div>
    </section>
  `;
}
