// @ts-check
// What stands above and below the lines that are drawn: where the conversation begins, that more is coming, or that it
// could not be fetched.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";

/** @typedef {import("../history.js").Standing} Standing */

/** @param {{room: RoomState, first: number | undefined, standing: Standing | undefined}} props `first` is the first pos held */
export function Above({ room, first, standing }) {
  const { client } = useDigi();
  if (!room.top || first === 1) return html`<${Beginning} isNew=${!room.top} />`;
  const retry = () => (first ? client.history.older(room.about.id, first) : client.history.forgive(room.about.id));
  return typeof standing === "object"
    ? html`<${Failed} words=${t("Earlier messages could not be loaded.")} why=${standing.failed} retry=${retry} />`
    : html`<${Skeleton} />`;
}

/** @param {{room: RoomState, last: number | undefined, standing: Standing | undefined}} props `last` is the last pos held */
export function Below({ room, last, standing }) {
  const { client } = useDigi();
  if (!last || last >= room.top) return null;
  const retry = () => client.history.newer(room.about.id, last);
  return typeof standing === "object"
    ? html`<${Failed} words=${t("Later messages could not be loaded.")} why=${standing.failed} retry=${retry} />`
    : html`<${Skeleton} />`;
}

/** @param {{isNew: boolean}} props */
function Beginning({ isNew }) {
  const words = isNew ? t("Nothing was said here yet. Write the first message below.") : t("This is the beginning of the conversation.");
  return html`<p class="beginning">${words}</p>`;
}

function Skeleton() {
  return html`<div class="above skeleton" aria-hidden="true">${[62, 40, 71].map((width) => html`<i style=${{ "--w": `${width}%` }}></i>`)}</div>`;
}

/** @param {{words: string, why: string, retry: () => void}} props */
function Failed({ words, why, retry }) {
  return html`
    <div class="above" role="alert">
      <p>${words} ${why}</p>
      <button type="button" class="btn quiet" onClick=${retry}>${t("Try again")}</button>
    </div>
  `;
}
