// What the island uses of Preact.
export type VNode = unknown;
export function h(type: any, props?: any, ...children: any[]): VNode;
export function render(vnode: VNode, parent: Element): void;
export function createContext<T>(value: T): { Provider: any; __: T };
export class Component<P = any, S = any> {
  props: any;
  state: any;
  setState(state: any): void;
  render(props?: any, state?: any): any;
}
export const Fragment: any;
export const options: Record<string, any>;
