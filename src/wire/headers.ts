/** The headers that a lesson can show, by name. */
import { DNS } from './application/dns/dns.ts';
import { FRAME_START } from './application/websocket/frame-head.ts';
import type { HeaderSpec } from './header.ts';
import type { Level } from './layer.ts';
import { ETHERNET } from './link/ethernet.ts';
import { VLAN } from './link/vlan.ts';
import { ARP } from './network/arp.ts';
import { FRAGMENT } from './network/fragment.ts';
import { ICMP_ECHO } from './network/icmp-forms.ts';
import { IPV4 } from './network/ipv4.ts';
import { IPV6 } from './network/ipv6.ts';
import { TCP } from './transport/tcp.ts';
import { UDP } from './transport/udp.ts';

export const HEADERS = {
  ethernet: { header: ETHERNET, level: 'link' },
  vlan: { header: VLAN, level: 'link' },
  arp: { header: ARP, level: 'network' },
  ipv4: { header: IPV4, level: 'network' },
  ipv6: { header: IPV6, level: 'network' },
  fragment: { header: FRAGMENT, level: 'network' },
  icmp: { header: ICMP_ECHO, level: 'network' },
  tcp: { header: TCP, level: 'transport' },
  udp: { header: UDP, level: 'transport' },
  dns: { header: DNS, level: 'application' },
  websocket: { header: FRAME_START, level: 'application' },
} as const satisfies Record<string, { readonly header: HeaderSpec; readonly level: Level }>;

export type HeaderName = keyof typeof HEADERS;
