// @ts-check
// A calm line that offers notices, shown once something came that one did not see. Asks the browser only when told to.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { Icon } from "../pieces.js";
import { kept } from "../storage.js";
import { ASKED } from "./asking.js";

export function Offer() {
  const { screen } = useDigi();
  const done = () => {
    kept.set(ASKED, true);
    screen.offer.value = null;
    screen.focusComposer();
  };
  const ask = async () => {
    await Notification.requestPermission();
    done();
  };
  return html`
    <section class="offer" aria-label=${t("Notices")}>
      <p><${Icon} name="bell" />${t("Something was written to you while you looked elsewhere. Tell you next time?")}</p>
      <div class="buttons">
        <button type="button" class="btn quiet" onClick=${done}>${t("Not now")}</button>
        <button type="button" class="btn" onClick=${ask}>${t("Tell me")}</button>
      </div>
    </section>
  `;
}
