/** The messages of ICMPv6 by name. Source: RFC 4443; RFC 4861; the IANA registry "ICMPv6 Parameters". */

export const ICMPV6_TYPES = {
  unreachable: 1,
  packetTooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echoRequest: 128,
  echoReply: 129,
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighborSolicitation: 135,
  neighborAdvertisement: 136,
  redirect: 137,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map([
  [ICMPV6_TYPES.unreachable, 'destination unreachable'],
  [ICMPV6_TYPES.packetTooBig, 'packet too big'],
  [ICMPV6_TYPES.timeExceeded, 'time exceeded'],
  [ICMPV6_TYPES.parameterProblem, 'parameter problem'],
  [ICMPV6_TYPES.echoRequest, 'echo request'],
  [ICMPV6_TYPES.echoReply, 'echo reply'],
  [130, 'multicast listener query'],
  [131, 'multicast listener report'],
  [132, 'multicast listener done'],
  [ICMPV6_TYPES.routerSolicitation, 'router solicitation'],
  [ICMPV6_TYPES.routerAdvertisement, 'router advertisement'],
  [ICMPV6_TYPES.neighborSolicitation, 'neighbor solicitation'],
  [ICMPV6_TYPES.neighborAdvertisement, 'neighbor advertisement'],
  [ICMPV6_TYPES.redirect, 'redirect'],
  [143, 'multicast listener report, version 2'],
  [160, 'extended echo request'],
  [161, 'extended echo reply'],
]);

const CODES: ReadonlyMap<number, readonly string[]> = new Map([
  [
    ICMPV6_TYPES.unreachable,
    [
      'no route to the destination',
      'communication administratively prohibited',
      'beyond the scope of the source address',
      'address unreachable',
      'port unreachable: nobody listens there',
      'source address failed a policy',
      'route to the destination rejected',
    ],
  ],
  [ICMPV6_TYPES.timeExceeded, ['hop limit exceeded in transit', 'fragment reassembly time exceeded']],
  [ICMPV6_TYPES.parameterProblem, ['erroneous header field', 'unrecognized next header', 'unrecognized option']],
]);

export const icmpv6TypeName = (type: number): string | undefined => NAMES.get(type);
export const icmpv6CodeName = (type: number, code: number): string | undefined => CODES.get(type)?.[code];

const FIRST_INFORMATIONAL = 128;

/** Whether a message reports trouble with a packet, which it quotes. Source: RFC 4443 §2.1. */
export const isIcmpv6Error = (type: number): boolean => type < FIRST_INFORMATIONAL;
