// @ts-check
// The small things every view is made of: icons, buttons, avatars.
import { html } from "./html.js";

/** Where the drawn set lives; the server says it. */
export const icons = { url: "/static/digi/icons.svg" };

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="i" aria-hidden="true"><use href=${`${icons.url}#${name}`} /></svg>`;
}

/** @param {{label: string, icon: string, onClick: (event: MouseEvent) => void, class?: string, [aria: string]: unknown}} props */
export function IconButton({ label, icon, class: kind = "icon", ...rest }) {
  return html`<button type="button" class=${kind} aria-label=${label} title=${label} ...${rest}><${Icon} name=${icon} /></button>`;
}

/** @param {{person: Person, class?: string}} props */
export function Avatar({ person, class: kind = "" }) {
  const initials = person.initials || [...person.display_name].slice(0, 2).join("").toUpperCase();
  return html`<span class=${`ava ${kind} h${(Math.floor((person.hue + 5) / 10) * 10) % 360}`} aria-hidden="true">${initials}</span>`;
}
