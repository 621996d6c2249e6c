// @ts-check
// Templates as tagged strings, bound to Preact. Makes virtual nodes; no string ever becomes HTML.
import { Component, h } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

/**
 * What of a template never changes is made anew like the rest of it: kept, its nodes would hold the page as it was when
 * they were first drawn, and through parts that stayed the same everything that followed.
 * @type {(strings: TemplateStringsArray, ...values: any[]) => any}
 */
export const html = htm.bind(anew);

/** @this {number[]} @param {any} type @param {any} props @param {any[]} children */
function anew(type, props, ...children) {
  this[0] = 3; // htm's word for that
  return h(type, props, ...children);
}

/** A handler that hands a field's text on. @param {(text: string) => void} take @returns {(event: Event) => void} */
export function typed(take) {
  return (event) => take(/** @type {HTMLInputElement} */ (event.target).value);
}

/** A handler that hands on the element it is on. @param {(element: Element) => void} take @returns {(event: Event) => void} */
export function here(take) {
  return (event) => take(/** @type {Element} */ (event.currentTarget));
}

/** `view`, drawn again only when one of its props is another object. @template P @param {(props: P) => any} view */
export function remembered(view) {
  class Remembered extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]);
      return [...names].some((name) => this.props[name] !== next[name]);
    }

    render() {
      return h(/** @type {any} */ (view), this.props);
    }
  }
  return /** @type {any} */ (Remembered);
}
