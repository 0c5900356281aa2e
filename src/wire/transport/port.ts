/** What a port number tells. Source: RFC 6335 §6, and the IANA registry of service names. */

export const DNS_PORT = 53;
/** Source: RFC 6762 §5. */
export const MULTICAST_DNS_PORT = 5353;

const SERVICES: ReadonlyMap<number, string> = new Map([
  [DNS_PORT, 'DNS'],
  [67, 'DHCP server'],
  [68, 'DHCP client'],
  [80, 'HTTP'],
  [123, 'NTP'],
  [443, 'HTTPS'],
  [3478, 'STUN'],
  [MULTICAST_DNS_PORT, 'multicast DNS'],
]);

const FIRST_DYNAMIC = 49_152;

/** The service of a well-known port, or that the port lies in the range for temporary use. */
export const portName = (port: number): string | undefined =>
  SERVICES.get(port) ?? (port >= FIRST_DYNAMIC ? 'a port for temporary use' : undefined);
