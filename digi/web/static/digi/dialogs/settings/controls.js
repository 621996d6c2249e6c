// @ts-check
// What settings are made of: one of several, on or off, and what was wrong with it right there.
import { html } from "../../html.js";
import { Icon } from "../../pieces.js";
import { useId, useState } from "../../vendor/hooks.js";

/** @typedef {import("./settings.js").Save} Save */

/** A change that is saved, and what was wrong with it. @param {Save} save @returns {[(fields: object, type?: string) => Promise<string>, string]} */
export function useChange(save) {
  const [wrong, setWrong] = useState("");
  /** @type {Save} */
  const change = async (fields, type) => {
    const problem = await save(fields, type);
    setWrong(problem);
    return problem;
  };
  return [change, wrong];
}

/** @param {{text: string}} props */
export function Wrong({ text }) {
  return text ? html`<p class="wrong" role="alert">${text}</p>` : null;
}

/**
 * One of several, each shown.
 * @param {{legend: string, name: string, options: {value: any, words: string, sample?: any, lang?: string}[], chosen: any, save: Save,
 *   onSaved?: () => void, children?: any}} props
 */
export function Choice({ legend, name, options, chosen, save, onSaved, children }) {
  const [change, wrong] = useChange(save);
  /** @param {any} value */
  const choose = async (value) => {
    if (!(await change({ [name]: value }))) onSaved?.();
  };
  return html`
    <fieldset>
      <legend>${legend}</legend>
      <div class="radios">
        ${options.map(
          ({ value, words, sample, lang }) => html`
            <label key=${value} lang=${lang}>
              <input type="radio" name=${name} value=${String(value)} checked=${chosen === value} onChange=${() => choose(value)} />
              ${sample}<span>${words}</span>
            </label>`,
        )}
      </div>
      ${children}
      <${Wrong} text=${wrong} />
    </fieldset>
  `;
}

/** @param {{name: string, words: string, hint?: string, chosen: boolean, save: Save, fields?: (isOn: boolean) => object}} props */
export function Switch({ name, words, hint, chosen, save, fields = (isOn) => ({ [name]: isOn }) }) {
  const [change, wrong] = useChange(save);
  const id = useId();
  /** @param {Event} event */
  const turned = (event) => change(fields(/** @type {HTMLInputElement} */ (event.target).checked));
  return html`
    <label class="switch">
      <input type="checkbox" role="switch" name=${name} checked=${chosen} aria-labelledby=${id}
        aria-describedby=${hint ? `${id}-hint` : undefined} onChange=${turned} />
      <span><span id=${id}>${words}</span>${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}<${Wrong} text=${wrong} /></span>
    </label>
  `;
}

/** A button with its icon, in a part's row of ways. @param {{icon: string, words: string, run: () => unknown, isDisabled?: boolean}} props */
export function Way({ icon, words, run, isDisabled = false }) {
  return html`<button type="button" class="btn quiet" disabled=${isDisabled} onClick=${run}><${Icon} name=${icon} />${words}</button>`;
}
