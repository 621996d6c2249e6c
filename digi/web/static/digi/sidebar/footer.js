// @ts-check
// Oneself: name, how the connection is, friends' requests, and the way to one's own pages.
import { useDigi } from "../context.js";
import { here, html } from "../html.js";
import { Avatar, Icon, IconButton } from "../pieces.js";
import { requests } from "../selectors.js";
import { LinkState } from "./link.js";

export function Footer() {
  const { client, screen } = useDigi();
  const { me } = client.state.value;
  const { urls } = client.boot;
  const asking = requests(client.state.value).length;
  const label = asking ? `Friends, ${asking} ${asking === 1 ? "request" : "requests"}` : "Friends";
  const isQuiet = ["open", "connecting"].includes(client.link.value.is); // else there is more to say than fits beside
  const more = here((button) => screen.openMenu(button, ways(urls), "Your pages"));
  return html`
    <div class="me">
      <${Avatar} person=${me} class="mid" />
      <div class="who"><b><bdi>${me.display_name}</bdi></b>${isQuiet && html`<${LinkState} />`}</div>
      <a class="icon" href=${urls.friends ?? "/friends/"} aria-label=${label} title=${label}>
        <${Icon} name="people" />${asking > 0 && html`<span class="badge at">${asking}</span>`}
      </a>
      <${IconButton} label="Your pages" icon="more" aria-haspopup="menu" onClick=${more} />
      ${!isQuiet && html`<${LinkState} />`}
    </div>
  `;
}

/** @param {Record<string, string>} urls @returns {import("../context.js").Action[]} */
function ways(urls) {
  /** @param {string} url */
  const to = (url) => () => location.assign(url);
  return [
    { label: "Profile", icon: "user", run: to(urls.profile ?? "/profile/") },
    { label: "About", icon: "info", run: to(urls.about ?? "/about/") },
    { label: "Sign out", icon: "leave", run: to(urls.logout ?? "/accounts/logout/") },
  ];
}
