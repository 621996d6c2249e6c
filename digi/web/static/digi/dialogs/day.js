// @ts-check
// Asks for a day, by the browser's own date field.
import { useDigi } from "../context.js";
import { html, typed } from "../html.js";
import { t } from "../language.js";
import { useState } from "../vendor/hooks.js";
import { Dialog } from "./dialog.js";

/** @param {{day: Date, take: (day: Date) => void}} props */
export function PickDay({ day, take }) {
  const { screen } = useDigi();
  const [text, setText] = useState(() => written(day));
  const chosen = new Date(`${text}T00:00`); // local time, as the days of the conversation are
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (Number.isNaN(chosen.getTime())) return;
    screen.close();
    take(chosen);
  };
  return html`
    <${Dialog} title=${t("Jump to a day")} class="small">
      <form class="stack" onSubmit=${submit}>
        <label>${t("Day")}<input class="field" type="date" required autofocus max=${written(new Date())} value=${text} onInput=${typed(setText)} /></label>
        <div class="buttons"><button class="btn">${t("Go there")}</button></div>
      </form>
    <//>
  `;
}

/** As a date field wants it, in local time. @param {Date} day */
function written(day) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
