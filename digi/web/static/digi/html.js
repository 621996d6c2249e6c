// @ts-check
// Templates as tagged strings, bound to Preact. Makes virtual nodes; no string ever becomes HTML.
import { Component, h } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);

/** `view`, drawn again only when one of its props is another object. @template P @param {(props: P) => any} view @returns {(props: P) => any} */
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
