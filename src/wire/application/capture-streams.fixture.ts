/** The bytes of the connections in a capture of the course, packet by packet. */
import { readFileSync } from 'node:fs';
import { dissect } from '../dissect.ts';

export type Carried = {
  readonly connection: string;
  readonly from: 'client' | 'server';
  readonly bytes: Uint8Array;
  readonly packet: number;
  readonly isLast: boolean;
};

const FILE_HEAD_BYTES = 24;
const PACKET_HEAD_BYTES = 16;

/** A classic pcap with little-endian numbers, Ethernet, and no packet lost or out of order; packets count from 1, as Wireshark counts. */
export function carriedIn(name: string, serverPort: number): readonly Carried[] {
  const file = readFileSync(new URL(`../../../content/captures/${name}`, import.meta.url));
  const carried: Carried[] = [];
  let at = FILE_HEAD_BYTES;
  for (let packet = 1; at < file.length; packet += 1) {
    const from = at + PACKET_HEAD_BYTES;
    at = from + file.readUInt32LE(at + 8);
    const bytes = new Uint8Array(file.subarray(from, at));
    const tcp = dissect(bytes).layers.find((layer) => layer.protocol === 'tcp');
    if (!tcp?.header) continue;
    const { sourcePort, destinationPort, fin } = tcp.header;
    const isClient = destinationPort === serverPort;
    carried.push({
      connection: String(isClient ? sourcePort : destinationPort),
      from: isClient ? 'client' : 'server',
      bytes: bytes.slice(tcp.headEnd, tcp.end),
      packet,
      isLast: fin,
    });
  }
  return carried;
}
