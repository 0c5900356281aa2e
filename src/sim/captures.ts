/** What a capture program would have seen at each end of each link. */
import type { PacketToWrite } from '#wire/capture/pcap.ts';
import type { Hop } from './link/hop.ts';

/** One frame, and when it was seen: when its first bit left, or its last bit arrived. */
export type Captured = { readonly us: number; readonly bytes: Uint8Array; readonly way: 'out' | 'in' };

/** Names a place to capture: `ada/ada-router`, the node and the link. */
export const pointOf = (node: string, link: string): string => `${node}/${link}`;

/** Frames by place, each in order of time. What never left its device was never seen. */
export function capturesOf(hops: readonly Hop[]): Readonly<Record<string, readonly Captured[]>> {
  const captures: Record<string, Captured[]> = {};
  const see = (point: string, us: number, bytes: Uint8Array, way: Captured['way']): void => {
    captures[point] ??= [];
    captures[point].push({ us, bytes, way });
  };
  for (const { from, to, link, bytes, startedUs, arrivedUs, copiesUs } of hops) {
    if (startedUs !== undefined) see(pointOf(from, link), startedUs, bytes, 'out');
    for (const us of arrivedUs === undefined ? [] : [arrivedUs, ...copiesUs]) see(pointOf(to, link), us, bytes, 'in');
  }
  for (const seen of Object.values(captures)) seen.sort((a, b) => a.us - b.us);
  return captures;
}

/** A capture as packets of a file whose clock began at `startNs` (nanoseconds since 1970). */
export const packetsToWrite = (captured: readonly Captured[], startNs = 0n): readonly PacketToWrite[] =>
  captured.map(({ us, bytes }) => ({ ns: startNs + BigInt(us) * 1000n, bytes }));
