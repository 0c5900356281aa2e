/** Which system calls lie behind what a bench wrote down. Node makes some of them together, and accepts and reads by itself. Pure. */
import type { SocketFact, SocketName, SocketRecord } from './records.ts';

/** Of a stream socket, and of a datagram socket where that differs. */
const CALLS: Partial<Record<SocketFact['kind'], { readonly tcp: readonly string[]; readonly udp?: readonly string[] }>> = {
  listening: { tcp: ['socket', 'bind', 'listen'] },
  bound: { tcp: [], udp: ['socket', 'bind'] },
  connecting: { tcp: ['socket', 'connect'], udp: ['connect'] },
  accepted: { tcp: ['accept'] },
  wrote: { tcp: ['write'], udp: ['sendmsg'] },
  read: { tcp: ['read'], udp: ['recvmsg'] },
  // It reads nothing, and that says it.
  'told-end': { tcp: ['read'] },
  ended: { tcp: ['shutdown'] },
  closed: { tcp: ['close'], udp: ['close'] },
};

/** The calls of each step, in order, by its number. */
export function callsOf(records: readonly SocketRecord[]): ReadonlyMap<number, readonly string[]> {
  const datagrams = new Set<SocketName>();
  const steps = new Map<number, readonly string[]>();
  for (const { kind, socket, step } of records) {
    if (kind === 'bound') datagrams.add(socket);
    if (kind === 'listening') datagrams.delete(socket);
    const calls = CALLS[kind]?.[datagrams.has(socket) ? 'udp' : 'tcp'] ?? [];
    if (kind === 'closed') datagrams.delete(socket);
    steps.set(step, [...(steps.get(step) ?? []), ...calls]);
  }
  return steps;
}
