// @ts-check
// What the page can do that is no room and no person, for the switcher to find by name.
import { t } from "../language.js";
import { unread } from "../selectors.js";
import { openFriends, openKeys, openMentions, openSettings, openStart } from "../openers.js";

/** @typedef {{key: string, icon: string, words: string, run: () => unknown, isAtHand?: boolean}} Doing `isAtHand`: offered before one types */

/** @param {import("../context.js").Digi} digi @returns {Doing[]} */
export function actions(digi) {
  const { client, router, screen } = digi;
  const { urls } = client.boot;
  return [
    { key: "do-start", icon: "edit", words: t("New conversation"), run: () => openStart(screen), isAtHand: true },
    { key: "do-group", icon: "people", words: t("New group"), run: () => openStart(screen) },
    { key: "do-mentions", icon: "at", words: t("Mentions"), run: () => openMentions(screen), isAtHand: true },
    { key: "do-friends", icon: "user-plus", words: t("Friends"), run: () => openFriends(screen), isAtHand: true },
    { key: "do-settings", icon: "settings", words: t("Settings"), run: () => openSettings(digi), isAtHand: true },
    { key: "do-keys", icon: "keyboard", words: t("Keyboard map"), run: () => openKeys(screen), isAtHand: true },
    ...(router.room.peek() ? [{ key: "do-details", icon: "info", words: t("Show or hide the details"), run: () => screen.toggleDetails() }] : []),
    { key: "do-read", icon: "check", words: t("Mark everything as read"), run: () => readAll(client) },
    { key: "do-light", icon: "look", words: t("Light theme"), run: () => wear(digi, "light") },
    { key: "do-dark", icon: "look", words: t("Dark theme"), run: () => wear(digi, "dark") },
    { key: "do-system", icon: "look", words: t("The system's theme"), run: () => wear(digi, "system") },
    { key: "do-contrast", icon: "look", words: t("High contrast theme"), run: () => wear(digi, "contrast") },
    { key: "do-profile", icon: "user", words: t("Profile"), run: () => location.assign(urls.profile ?? "/profile/") },
    { key: "do-about", icon: "info", words: t("About this server"), run: () => location.assign(urls.about ?? "/about/") },
    { key: "do-leave", icon: "leave", words: t("Sign out"), run: () => location.assign(urls.logout ?? "/accounts/logout/") },
  ];
}

/** @param {import("../context.js").Digi} digi @param {Settings["theme"]} theme */
function wear({ client, screen }, theme) {
  client.ask({ type: "settings.edit", theme }).catch((error) => screen.tell(error));
}

/** @param {import("../client.js").Client} client */
function readAll({ state, reads }) {
  for (const [id, room] of state.peek().rooms) {
    if (!unread(room)) continue;
    reads.resume(id);
    reads.saw(id, room.top);
  }
}
