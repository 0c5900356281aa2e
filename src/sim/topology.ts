/** A network as plain data. */
import type { ChannelSpec } from './link/channel.ts';

/** A way that somebody has configured: packets for `to` (`198.51.100.0/24`) go to the neighbour with the address `via`. */
export type RouteSpec = { readonly to: string; readonly via: string };

export type HostSpec = {
  /** Names its lane too. */
  readonly id: string;
  /** The id, if left out. */
  readonly name?: string;
  /** What it plays in a lesson; `host` if left out. */
  readonly role?: 'host' | 'client' | 'server';
  /** Left out: the shortest way to every link, and everything else through its first link. */
  readonly routes?: readonly RouteSpec[];
};

export type RouterSpec = {
  readonly id: string;
  readonly name?: string;
  /** Left out: the shortest way to every link, as a routing protocol finds it. */
  readonly routes?: readonly RouteSpec[];
};

export type EndSpec = {
  readonly node: string;
  /** Its address, and how long the prefix of this link is: `192.0.2.10/24`. */
  readonly address: string;
  /** Left out: one that nobody else has. */
  readonly mac?: string;
};

/** A cable between two nodes. Both directions are alike, but for what `forth` (from the first end to the second) and `back` say. */
export type LinkSpec = ChannelSpec & {
  /** Left out: the two nodes, as in `ada-bo`. */
  readonly id?: string;
  readonly ends: readonly [EndSpec, EndSpec];
  /** Longest packet, bytes: 1,500 if left out, 68 at least. Source: RFC 894; RFC 791 §3.2. */
  readonly mtu?: number;
  readonly forth?: Partial<ChannelSpec>;
  readonly back?: Partial<ChannelSpec>;
};

export type NetworkSpec = {
  /** Decides all chance: a whole number from 0 to 2^32 - 1; 1 if left out. */
  readonly seed?: number;
  readonly hosts: readonly HostSpec[];
  readonly routers?: readonly RouterSpec[];
  readonly links: readonly LinkSpec[];
};

export const linkIdOf = ({ id, ends }: LinkSpec): string => id ?? `${ends[0].node}-${ends[1].node}`;
