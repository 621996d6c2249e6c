// @ts-check
// Oneself: name, how the connection is, friends' requests, and the way to one's own pages.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { n, t } from "../language.js";
import { Avatar, Icon, IconButton } from "../pieces.js";
import { allMentions, requests } from "../selectors.js";
import { openFriends, openKeys, openMentions, openSettings } from "../openers.js";
import { LinkState } from "./link.js";
import { short } from "./row.js";

export function Footer() {
  const digi = useDigi();
  const { client, screen } = digi;
  const { me } = client.state.value;
  const { urls } = client.boot;
  const asking = requests(client.state.value).length;
  const label = asking ? n(asking, "Friends, {count} request", "Friends, {count} requests") : t("Friends");
  const named = allMentions(client.state.value);
  const called = named ? n(named, "Mentions, {count} unread", "Mentions, {count} unread") : t("Mentions");
  /** @param {MouseEvent} event */
  const friends = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own: the page
    event.preventDefault();
    openFriends(screen);
  };
  const isQuiet = ["open", "connecting"].includes(client.link.value.is); // else there is more to say than fits beside
  const more = here((button) => screen.openMenu(button, ways(digi), t("Settings and more")));
  return html`
    ${screen.offer.value && html`<${screen.offer.value} />`}
    <div class="me">
      <${Avatar} person=${me} class="mid" />
      <div class="who"><b><bdi>${me.display_name}</bdi></b>${isQuiet && html`<${LinkState} />`}</div>
      <button type="button" class="icon" aria-label=${called} title=${called} onClick=${() => openMentions(screen)}>
        <${Icon} name="at" />${named > 0 && html`<span class="badge at">${short(named)}</span>`}
      </button>
      <a class="icon" href=${urls.friends ?? "/friends/"} aria-label=${label} title=${label} onClick=${friends}>
        <${Icon} name="people" />${asking > 0 && html`<span class="badge at">${short(asking)}</span>`}
      </a>
      <${IconButton} label=${t("Settings and more")} icon="more" aria-haspopup="menu" onClick=${more} />
      ${!isQuiet && html`<${LinkState} />`}
    </div>
  `;
}

/** @param {import("../context.js").Digi} digi @returns {import("../context.js").Action[]} */
function ways(digi) {
  const { screen, client } = digi;
  const { urls } = client.boot;
  return [
    { label: t("Settings"), icon: "settings", run: () => openSettings(digi) },
    { label: t("Friends"), icon: "people", run: () => openFriends(screen) },
    { label: t("Keyboard"), icon: "keyboard", run: () => openKeys(screen) },
    ...installing(digi),
    { label: t("About"), icon: "info", run: () => location.assign(urls.about ?? "/about/") },
    { label: t("Sign out"), icon: "leave", run: () => location.assign(urls.logout ?? "/accounts/logout/") },
  ];
}

/** Only where the browser would. @param {import("../context.js").Digi} digi @returns {import("../context.js").Action[]} */
function installing({ screen, client }) {
  const question = screen.install.value;
  if (!question) return [];
  const run = async () => {
    screen.install.value = null; // it can be asked once
    await question.prompt();
  };
  return [{ label: t("Install {name}", { name: client.boot.name ?? "Digi" }), icon: "install", run }];
}
