// @ts-check
// Where one is signed in: the way to those pages, and out; and having Digi as an app of this device.
import { useDigi } from "../../context.js";
import { html } from "../../html.js";
import { t } from "../../language.js";
import { Icon } from "../../pieces.js";
import { Way } from "./controls.js";

export function Sessions() {
  const { urls } = useDigi().client.boot;
  return html`
    <p class="hint">${t("See where you are signed in, and end it where you do not want it.")}</p>
    <div class="ways">
      <${Page} url=${urls.devices} icon="devices" words=${t("Your devices")} />
      <${Page} url=${urls.password} icon="key" words=${t("Change password")} />
      <${Page} url=${urls.logout} icon="leave" words=${t("Sign out here")} />
    </div>
    <${Install} />
  `;
}

/** Only where the browser offers it. */
function Install() {
  const { screen } = useDigi();
  const offered = screen.install.value;
  if (!offered) return null;
  const install = async () => {
    await offered.prompt();
    screen.install.value = null; // it can be asked but once
  };
  return html`
    <section class="group" aria-labelledby="install">
      <h4 class="label" id="install">${t("As an app")}</h4>
      <p class="hint">${t("Digi gets a window and an icon of its own on this device, and opens without network.")}</p>
      <${Way} icon="install" words=${t("Install Digi here")} run=${install} />
    </section>
  `;
}

/** @param {{url: string | undefined, icon: string, words: string}} props */
function Page({ url, icon, words }) {
  return url ? html`<a class="btn quiet" href=${url}><${Icon} name=${icon} />${words}</a>` : null;
}
