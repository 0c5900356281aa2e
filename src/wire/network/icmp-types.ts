/** The messages of ICMP by name. Source: RFC 792; RFC 1122 §3.2.2.1; RFC 1812 §5.2.7.1; the IANA registry "ICMP Parameters". */

export const ICMP_TYPES = {
  echoReply: 0,
  unreachable: 3,
  sourceQuench: 4,
  redirect: 5,
  echoRequest: 8,
  timeExceeded: 11,
  parameterProblem: 12,
  timestampRequest: 13,
  timestampReply: 14,
} as const;

/** What stopped the packet that an unreachable message quotes. */
export const UNREACHABLE = { net: 0, host: 1, protocol: 2, port: 3, fragmentationNeeded: 4, prohibited: 13 } as const;
/** Which time was over. */
export const TIME_EXCEEDED = { inTransit: 0, reassembly: 1 } as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [ICMP_TYPES.echoReply, 'echo reply'],
  [ICMP_TYPES.unreachable, 'destination unreachable'],
  [ICMP_TYPES.sourceQuench, 'source quench (deprecated)'],
  [ICMP_TYPES.redirect, 'redirect'],
  [ICMP_TYPES.echoRequest, 'echo request'],
  [9, 'router advertisement'],
  [10, 'router solicitation'],
  [ICMP_TYPES.timeExceeded, 'time exceeded'],
  [ICMP_TYPES.parameterProblem, 'parameter problem'],
  [ICMP_TYPES.timestampRequest, 'timestamp'],
  [ICMP_TYPES.timestampReply, 'timestamp reply'],
  [15, 'information request (deprecated)'],
  [16, 'information reply (deprecated)'],
  [17, 'address mask request (deprecated)'],
  [18, 'address mask reply (deprecated)'],
  [42, 'extended echo request'],
  [43, 'extended echo reply'],
]);

const CODES: ReadonlyMap<number, readonly string[]> = new Map([
  [
    ICMP_TYPES.unreachable,
    [
      'network unreachable',
      'host unreachable',
      'protocol unreachable',
      'port unreachable: nobody listens there',
      'fragmentation needed, and Don’t Fragment set',
      'source route failed',
      'destination network unknown',
      'destination host unknown',
      'source host isolated',
      'network administratively prohibited',
      'host administratively prohibited',
      'network unreachable for this type of service',
      'host unreachable for this type of service',
      'communication administratively prohibited',
      'host precedence violation',
      'precedence cutoff in effect',
    ],
  ],
  [ICMP_TYPES.redirect, ['for the network', 'for the host', 'for the type of service and network', 'for the type of service and host']],
  [ICMP_TYPES.timeExceeded, ['time to live exceeded in transit', 'fragment reassembly time exceeded']],
  [ICMP_TYPES.parameterProblem, ['the pointer shows the error', 'a required option is missing', 'bad length']],
]);

export const icmpTypeName = (type: number): string | undefined => NAMES.get(type);
export const icmpCodeName = (type: number, code: number): string | undefined => CODES.get(type)?.[code];

const ERRORS: ReadonlySet<number> = new Set([
  ICMP_TYPES.unreachable,
  ICMP_TYPES.sourceQuench,
  ICMP_TYPES.redirect,
  ICMP_TYPES.timeExceeded,
  ICMP_TYPES.parameterProblem,
]);

/** Whether a message reports trouble with a packet, which it quotes. No error is ever answered with an error. Source: RFC 1122 §3.2.2. */
export const isIcmpError = (type: number): boolean => ERRORS.has(type);
