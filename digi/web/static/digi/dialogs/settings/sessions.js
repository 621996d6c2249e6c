// @ts-check
// Where one is signed in: the way to those pages, and out.
import { useDigi } from "../../context.js";
import { html } from "../../html.js";
import { t } from "../../language.js";
import { Icon } from "../../pieces.js";

export function Sessions() {
  const { urls } = useDigi().client.boot;
  return html`
    <p class="hint">${t("See where you are signed in, and end it where you do not want it.")}</p>
    <div class="ways">
      <${Page} url=${urls.devices} icon="devices" words=${t("Your devices")} />
      <${Page} url=${urls.password} icon="key" words=${t("Change password")} />
      <${Page} url=${urls.logout} icon="leave" words=${t("Sign out here")} />
    </div>
  `;
}

/** @param {{url: string | undefined, icon: string, words: string}} props */
function Page({ url, icon, words }) {
  return url ? html`<a class="btn quiet" href=${url}><${Icon} name=${icon} />${words}</a>` : null;
}
