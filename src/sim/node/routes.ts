/** Which way to send. Source: RFC 1812 §5.2.4.3, where the longest prefix wins. */
import { isIn, type Prefix } from './address.ts';
import type { Interface } from './interface.ts';

/** `isDirect`: those addresses are on the link itself; otherwise the neighbour passes on what is for them. */
export type Route = { readonly prefix: Prefix; readonly via: Interface; readonly isDirect: boolean };

export const EVERYWHERE: Prefix = { address: 0, length: 0 };

export class Routes {
  readonly #routes: Route[] = [];

  /** Of two routes of one length, the one that was added first is used. */
  add(route: Route): void {
    this.#routes.push(route);
    this.#routes.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** The route with the longest prefix that holds the address. */
  find(address: number): Route | undefined {
    return this.#routes.find(({ prefix }) => isIn(address, prefix));
  }
}
