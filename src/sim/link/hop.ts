/** One frame on one link: what a trace and a capture are made of. */
import type { LossCause } from '#trace/trace.ts';

/** Why a frame did not arrive, of the reasons that a simulated network has. */
export type Death = Extract<LossCause, 'loss' | 'queue-full' | 'ttl' | 'too-big' | 'link-down'>;

/** `wire`: on its way. `device`: in a host or router, before it was put on the wire. */
export type End = { readonly cause: Death; readonly place: 'wire' | 'device'; readonly atUs: number };

/** What became of one frame that one side of a link was asked to send; filled in as it happens. All times in µs. */
export type Hop = {
  readonly from: string;
  readonly to: string;
  readonly link: string;
  /** The whole frame, as it is on the wire. Nobody changes it. */
  readonly bytes: Uint8Array;
  /** Bytes that the link's rate counts: the packet, without the link's own header and padding. */
  readonly size: number;
  readonly offeredUs: number;
  /** When its first bit left; missing while it waits. */
  startedUs?: number;
  /** When its last bit left. */
  sentUs?: number;
  /** When its last bit arrived; copies come later. */
  arrivedUs?: number;
  readonly copiesUs: number[];
  end?: End;
};
