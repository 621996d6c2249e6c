// @ts-check
// The place of a room's details: what stands in it comes when it is first shown, and before the first paint if it is.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useEffect } from "../vendor/hooks.js";
import { signal } from "../vendor/signals.js";

/** @type {import("../vendor/signals.js").Signal<((props: {room: RoomState}) => any) | null>} */
const view = signal(null);

export async function bringDetails() {
  const { Details } = await import("./details.js");
  view.value = Details;
}

/** @param {{room: RoomState}} props */
export function Aside({ room }) {
  const { screen } = useDigi();
  useEffect(() => void (view.peek() ?? screen.bring(bringDetails)), []);
  const Details = view.value;
  return Details ? html`<${Details} room=${room} />` : html`<aside class="info" aria-label=${t("Room details")} aria-busy="true"></aside>`;
}
