// @ts-check
// A dialog: the browser's own, so that focus stays inside, and Escape and a phone's way back get out.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { useLayoutEffect, useRef } from "../vendor/hooks.js";

/** @param {{title: string, class?: string, isBare?: boolean, children: any}} props `isBare`: without a head, the content brings its own */
export function Dialog({ title, class: kind = "", isBare = false, children }) {
  const { screen } = useDigi();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    element?.showModal();
    return () => {
      element?.close();
      if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
      else screen.focusComposer();
    };
  }, []);
  const closed = () => dialog.current && screen.close(); // by Escape; not when another has taken its place
  /** @param {MouseEvent} event */
  const outside = (event) => event.target === dialog.current && screen.close();
  return html`
    <dialog class=${`dialog ${kind}`} ref=${dialog} aria-label=${title} onClose=${closed} onMouseDown=${outside}>
      <div class="inside">
        ${!isBare && html`
          <header>
            <h2>${title}</h2>
            <${IconButton} label=${t("Close")} icon="close" onClick=${() => screen.close()} />
          </header>
        `}
        ${children}
      </div>
    </dialog>
  `;
}

/**
 * Asks before what cannot be undone.
 * @param {{title: string, text: string, verb: string, run: () => unknown, quote?: string}} props
 */
export function Confirm({ title, text, verb, run, quote }) {
  const { screen } = useDigi();
  const confirmed = () => {
    screen.close();
    Promise.resolve(run()).catch((error) => screen.tell(error));
  };
  return html`
    <${Dialog} title=${title} class="small">
      <p>${text}</p>
      ${quote && html`<blockquote dir="auto">${quote}</blockquote>`}
      <div class="buttons">
        <button type="button" class="btn quiet" autofocus onClick=${() => screen.close()}>${t("Cancel")}</button>
        <button type="button" class="btn danger" onClick=${confirmed}>${verb}</button>
      </div>
    <//>
  `;
}
