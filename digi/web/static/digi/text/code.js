// @ts-check
// A block of code: as typed at once, coloured when the colours are there, copied with one click.
import { html } from "../html.js";
import { t } from "../language.js";
import { IconButton } from "../pieces.js";
import { copied } from "../clipboard.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { useReach } from "./reach.js";

/** @typedef {import("./highlight.js").Piece} Piece */

/** @param {{language: string, text: string, stop: number}} props */
export function Fence({ language, text, stop }) {
  const [block, colours] = useColours(language, text);
  const [pre, reach] = useReach();
  return html`
    <div class="fence" data-language=${language || undefined} ref=${block}><pre dir="ltr" tabindex=${reach} ref=${pre}><code>${
      colours ? colours.map(([words, kind]) => (kind ? html`<span class=${`c-${kind}`}>${words}</span>` : words)) : text
    }</code></pre>${stop === 0 && html`<${Copy} text=${text} />`}</div>
  `;
}

/**
 * The pieces of the code with their kinds, once the block has been on the screen; until then, and in a language that
 * nobody knows, none.
 * @param {string} language
 * @param {string} text
 * @returns {[{current: Element | null}, Piece[] | null]}
 */
function useColours(language, text) {
  const block = useRef(/** @type {Element | null} */ (null));
  const [found, setFound] = useState(/** @type {{text: string, pieces: Piece[] | null} | null} */ (null));
  useEffect(() => {
    if (!language || !block.current) return undefined;
    let isWanted = true;
    const seen = new IntersectionObserver(async ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      const brought = await import("./highlight.js").catch(() => null); // without colours it is legible all the same
      const pieces = (await brought?.coloured(text, language)) ?? null;
      if (isWanted) setFound({ text, pieces });
    });
    seen.observe(block.current);
    return () => {
      isWanted = false;
      seen.disconnect();
    };
  }, [language, text]);
  return [block, found?.text === text ? found.pieces : null];
}

/** @param {{text: string}} props */
function Copy({ text }) {
  const [isDone, setIsDone] = useState(false);
  const copy = async () => setIsDone(await copied(text));
  return html`<${IconButton} class="icon copy" label=${isDone ? t("Copied") : t("Copy the code")} icon=${isDone ? "check" : "copy"} onClick=${copy} />`;
}
