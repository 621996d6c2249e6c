// @ts-check
// Parts of the page that are loaded when they are first drawn.
import { useDigi } from "./context.js";
import { html } from "./html.js";
import { useEffect, useState } from "./vendor/hooks.js";

/**
 * A view that is brought by a module of its own; `instead` is drawn until it is there.
 * @param {() => Promise<Record<string, any>>} bring
 * @param {string} name of the view in the module
 * @returns {any}
 */
export function later(bring, name) {
  /** @type {any} */
  let view = null;
  /** @param {{instead?: any, [prop: string]: unknown}} props */
  return function Later({ instead = null, ...props }) {
    const { screen } = useDigi();
    const [, draw] = useState(false);
    useEffect(() => {
      if (!view) screen.bring(bring).then((brought) => ((view = brought?.[name]), draw(true)));
    }, []);
    return view ? html`<${view} ...${props} />` : instead;
  };
}

/**
 * Have these loaded once the page is live and nothing else is to do: so they are there when wanted, and without a
 * connection too.
 * @param {import("./client.js").Client} client
 * @param {(() => Promise<unknown>)[]} brings
 */
export async function ahead({ settled }, brings) {
  await settled;
  (globalThis.requestIdleCallback ?? setTimeout)(() => brings.forEach((bring) => bring().catch(() => {})));
}
