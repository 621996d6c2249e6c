// @ts-check
// One field that leads anywhere: to a room, to a person, to what the page can do, and into a room by its name.
import { useDigi } from "../context.js";
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { useLayoutEffect, useState } from "../vendor/hooks.js";
import { useChoice } from "./choosing.js";
import { Dialog } from "./dialog.js";
import { useOptions } from "./options.js";
import { Wrong, useWrite } from "./write.js";

/** @param {{begun: string, caught: import("../openers.js").Caught}} props what to look for, and what was typed until this was there */
export function Switcher({ begun, caught }) {
  const { screen } = useDigi();
  const [query, setQuery] = useState(() => begun + caught.text);
  const writing = useWrite();
  const options = useOptions(query, writing);
  const choice = useChoice(options.length, (index) => options[index].run());
  useLayoutEffect(() => {
    caught.stop();
    if (caught.isEntered) options[0]?.run();
  }, []);
  const change = typed((text) => (setQuery(text), choice.point(0), writing.clear()));
  return html`
    <${Dialog} title=${t("Find or jump to")} class="switcher" isBare>
      <div class="ask">
        <${Icon} name="search" />
        <input id="find" type="text" autofocus autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength="80" enterkeyhint="go"
          aria-label=${t("Room, person or action")} placeholder=${t("A room, a person, or what you want to do")} value=${query}
          role="combobox" aria-expanded=${options.length > 0} aria-controls="found" aria-autocomplete="list"
          aria-activedescendant=${options.length ? `found-${choice.active}` : undefined} onInput=${change} onKeyDown=${choice.pressed} />
        <${IconButton} label=${t("Close")} icon="close" onClick=${() => screen.close()} />
      </div>
      <${Wrong} wrong=${writing.wrong} />
      <ul class="results" id="found" role="listbox" aria-label=${t("Found")}>
        ${options.map(
          (option, index) => html`
            <${Choice} key=${option.key} option=${option} id=${`found-${index}`} isActive=${index === choice.active} point=${() => choice.point(index)} />`,
        )}
      </ul>
      ${!options.length && html`<p class="none" role="status">${t("Nothing found by that name.")}</p>`}
    <//>
  `;
}

/** @param {{option: import("./options.js").Option, id: string, isActive: boolean, point: () => void}} props */
function Choice({ option, id, isActive, point }) {
  /** @param {HTMLElement | null} element */
  const shown = (element) => isActive && element?.scrollIntoView({ block: "nearest" });
  return html`
    <li id=${id} ref=${shown} role="option" class="option" aria-selected=${isActive} onPointerMove=${point} onClick=${() => option.run()}>${option.view}</li>
  `;
}
