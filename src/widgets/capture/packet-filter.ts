/** Which packets of a list are shown. Pure. */
import { parseIp } from '#wire/addresses.ts';
import type { PacketSummary } from '#wire/capture/reading.ts';

/** As a person writes it. Empty fields let everything through. */
export type PacketFilter = {
  /** A protocol as the list names it. */
  readonly protocol: string;
  /** An address, or its beginning: `192.0.2`. */
  readonly address: string;
  readonly port: string;
  /** A TCP connection, by its number. */
  readonly stream: string;
};

export const NO_FILTER: PacketFilter = { protocol: '', address: '', port: '', stream: '' };

/** What is wrong with a filter, in words for who wrote it; empty if nothing is. */
export function filterHint({ address, port }: PacketFilter): string {
  if (port !== '' && !(/^\d{1,5}$/.test(port.trim()) && Number(port) <= 65_535)) return 'A port is a number from 0 to 65535.';
  const written = address.trim();
  if (written !== '' && !/^[0-9a-f:.]+$/i.test(written)) return 'Write an address, or its beginning, such as 192.0.2.10 or 2001:db8.';
  return '';
}

/** A whole address means that one alone; a part means all that begin with it. Read once, for all packets. */
function addressTest(written: string): (address: string) => boolean {
  const isWhole = parseIp(written) !== undefined || /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(written);
  return isWhole ? (address) => address === written : (address) => address.startsWith(written);
}

/** The numbers of the packets that fit, in order. A filter with a mistake in a field lets that field pass. */
export function fitting(packets: readonly PacketSummary[], filter: PacketFilter): readonly PacketSummary[] {
  const { protocol, stream } = filter;
  const address = /^[0-9a-f:.]*$/i.test(filter.address.trim()) ? filter.address.trim().toLowerCase() : '';
  const fits = addressTest(address);
  const port = /^\d{1,5}$/.test(filter.port.trim()) ? Number(filter.port) : undefined;
  return packets.filter(
    (packet) =>
      (protocol === '' || packet.name === protocol) &&
      (stream === '' || packet.stream === Number(stream)) &&
      (port === undefined || packet.ports?.includes(port) === true) &&
      (address === '' || fits(packet.source) || fits(packet.destination)),
  );
}

/** The protocols of a list, each with how many packets it has, most first. */
export function protocolsOf(packets: readonly PacketSummary[]): readonly { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { name } of packets) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count);
}
