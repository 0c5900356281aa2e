/** Ada and Bo with a router between them, as most tests want them. */
import { messagesOf } from '#trace/fates.ts';
import { utf8 } from '#wire/hex.fixture.ts';
import type { Network, Result } from './network.ts';
import type { SendResult } from './node/node.ts';
import type { UdpRequest } from './node/udp-ports.ts';
import type { LinkSpec, NetworkSpec } from './topology.ts';

export const ADA = '192.0.2.10';
export const BO = '198.51.100.20';
export const ROUTER = '192.0.2.1';
export const PORTS = { sourcePort: 50_000, destinationPort: 9999 };

type Overrides = { readonly near?: Partial<LinkSpec>; readonly far?: Partial<LinkSpec>; readonly seed?: number };

/** 10 Mbit/s and 1 ms on both links, unless overridden. */
export const line = ({ near, far, seed }: Overrides = {}): NetworkSpec => ({
  ...(seed !== undefined && { seed }),
  hosts: [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo' },
  ],
  routers: [{ id: 'router', name: 'Router' }],
  links: [
    {
      id: 'near',
      ends: [
        { node: 'ada', address: `${ADA}/24`, mac: '02:00:00:00:00:0a' },
        { node: 'router', address: `${ROUTER}/24`, mac: '02:00:00:00:00:01' },
      ],
      rateBitsPerSecond: 10_000_000,
      delayUs: 1000,
      ...near,
    },
    {
      id: 'far',
      ends: [
        { node: 'router', address: '198.51.100.1/24' },
        { node: 'bo', address: `${BO}/24` },
      ],
      rateBitsPerSecond: 10_000_000,
      delayUs: 1000,
      ...far,
    },
  ],
});

/** Ada sends `hello` to Bo, unless told otherwise. */
export const send = (network: Network, over: Partial<UdpRequest> = {}): SendResult =>
  network.node('ada').udp.send({ destination: BO, ...PORTS, data: utf8('hello'), ...over });

/** What Bo gets at the usual port, as it comes. */
export function listen(network: Network): Uint8Array[] {
  const got: Uint8Array[] = [];
  network.node('bo').udp.listen(PORTS.destinationPort, ({ data }) => got.push(data));
  return got;
}

/** `ada>router UDP 50000→9999`, and what became of it. */
export const story = ({ trace }: Result): readonly string[] =>
  messagesOf(trace).map(
    ({ from, to, label, fate }) => `${from}>${to} ${label}: ${fate.kind === 'lost' ? `${fate.place} ${fate.cause}` : fate.kind}`,
  );

/** `bo: nobody listens at UDP port 9999`. */
export const notes = ({ trace }: Result): readonly string[] =>
  trace.events.flatMap((event) => (event.kind === 'note' ? `${event.lane}: ${event.text}` : []));
