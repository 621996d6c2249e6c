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

/** Have these loaded while nothing else is to do: so they are there when wanted, and without a connection too. @param {(() => Promise<unknown>)[]} brings */
export function ahead(brings) {
  const run = () => brings.forEach((bring) => bring().catch(() => {}));
  if ("requestIdleCallback" in globalThis) requestIdleCallback(run);
  else setTimeout(run, 2000);
}
