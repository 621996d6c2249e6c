// @ts-check
// Which language Digi speaks to one. Each is called as it calls itself.
import { html } from "../../html.js";
import { t } from "../../language.js";
import { Choice } from "./controls.js";

const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", ar: "العربية" };

/** @param {import("./settings.js").PartProps} props */
export function Language({ chosen, save }) {
  const own = Object.entries(LANGUAGES).map(([value, words]) => ({ value, words, lang: value }));
  return html`
    <${Choice} legend=${t("Language of this page")} name="language" chosen=${chosen.language} save=${save}
      options=${[{ value: "", words: t("As the browser") }, ...own]} onSaved=${() => location.reload()}>
      <p class="hint">${t("The page is loaded anew in it. What people wrote stays as they wrote it.")}</p>
    <//>
  `;
}
