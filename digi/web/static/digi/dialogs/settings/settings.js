// @ts-check
// One's settings, part by part: every change is saved at once. On a phone the list of parts comes first.
import { useDigi } from "../../context.js";
import { sentence } from "../../errors.js";
import { html } from "../../html.js";
import { t } from "../../language.js";
import { Icon, IconButton } from "../../pieces.js";
import { settings } from "../../settings.js";
import { useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Dialog } from "../dialog.js";
import { Language } from "./language.js";
import { Look } from "./look.js";
import { Notices } from "./notices.js";
import { Privacy } from "./privacy.js";
import { Profile } from "./profile.js";
import { Sessions } from "./sessions.js";
import { Writing } from "./writing.js";

/**
 * @typedef {(fields: object, type?: string) => Promise<string>} Save answers what was wrong, or nothing
 * @typedef {{chosen: Required<Settings>, save: Save}} PartProps
 */

const parts = () => [
  { id: "profile", icon: "user", name: t("Profile"), view: Profile },
  { id: "look", icon: "look", name: t("Look"), view: Look },
  { id: "language", icon: "globe", name: t("Language"), view: Language },
  { id: "writing", icon: "edit", name: t("Writing"), view: Writing },
  { id: "notices", icon: "bell", name: t("Notices"), view: Notices },
  { id: "privacy", icon: "lock", name: t("Privacy"), view: Privacy },
  { id: "sessions", icon: "devices", name: t("Devices"), view: Sessions },
];

/** @param {{part?: string}} props */
export function SettingsDialog({ part }) {
  const [at, setAt] = useState(part ?? "");
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const all = parts();
  const shown = all.find(({ id }) => id === at) ?? all[0];
  const back = () => {
    setAt("");
    requestAnimationFrame(() => buttonOf(list.current, shown.id)?.focus());
  };
  return html`
    <${Dialog} title=${t("Settings")} class="settings">
      <div class=${`parts ${at ? "inside-one" : ""}`}>
        <nav ref=${list} aria-label=${t("Parts of the settings")}>
          ${all.map(
            ({ id, icon, name }) => html`
              <button type="button" key=${id} data-part=${id} aria-current=${id === shown.id ? "true" : undefined} onClick=${() => setAt(id)}>
                <${Icon} name=${icon} /><span>${name}</span><${Icon} name="next" />
              </button>`,
          )}
        </nav>
        <${Part} key=${shown.id} part=${shown} isEntered=${!!at} back=${back} />
      </div>
    <//>
  `;
}

/** @param {Element | null} list @param {string} id @returns {HTMLElement | null | undefined} */
function buttonOf(list, id) {
  return list?.querySelector(`[data-part="${id}"]`);
}

/** @param {{part: ReturnType<typeof parts>[number], isEntered: boolean, back: () => void}} props */
function Part({ part, isEntered, back }) {
  const { client } = useDigi();
  const [said, setSaid] = useState(0);
  const [hasty, setHasty] = useState(/** @type {object} */ ({})); // chosen, and not yet answered
  const section = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const way = /** @type {HTMLElement | null | undefined} */ (section.current?.querySelector(".icon"));
    if (isEntered && way?.offsetParent) way.focus(); // the list, which had the focus, is not there any more
  }, [isEntered]);
  /** @type {Save} */
  const save = async (fields, type = "settings.edit") => {
    setHasty((others) => ({ ...others, ...fields }));
    try {
      await client.ask({ type, ...fields });
      setSaid((count) => count + 1);
      return "";
    } catch (error) {
      return sentence(error);
    } finally {
      setHasty((others) => without(others, fields));
    }
  };
  const chosen = { ...settings(client.state.value), ...hasty };
  return html`
    <section class="pane" aria-labelledby="part" ref=${section}>
      <header>
        <${IconButton} label=${t("Back to the settings")} icon="back" onClick=${back} />
        <h3 id="part">${part.name}</h3>
        <${Saved} key=${said} isShown=${said > 0} />
      </header>
      <${part.view} chosen=${chosen} save=${save} />
    </section>
  `;
}

/** @param {Record<string, any>} all @param {Record<string, any>} some */
function without(all, some) {
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => !(name in some) || some[name] !== value));
}

/** @param {{isShown: boolean}} props */
function Saved({ isShown }) {
  return html`<span class="saved" role="status">${isShown && html`<${Icon} name="check" />${t("Saved")}`}</span>`;
}
