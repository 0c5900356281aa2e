/** UDP on one node: who listens at which port. Source: RFC 768; RFC 1122 §4.1. */
import { internetChecksum } from '#wire/checksum.ts';
import { headerBytes } from '#wire/header.ts';
import type { NetworkContext } from '#wire/layer.ts';
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { pseudoHeaderSum } from '#wire/network/pseudo-header.ts';
import { encodeUdp, UDP } from '#wire/transport/udp.ts';
import { addressBytes, addressOf } from './address.ts';
import type { Datagram, Node, SendRequest, SendResult } from './node.ts';
import { ipField } from './packet.ts';
import { peekInto } from './peek.ts';

/** A UDP datagram that arrived. */
export type UdpReceived = {
  readonly source: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly data: Uint8Array;
  readonly datagram: Datagram;
};

export type UdpRequest = Omit<SendRequest, 'protocol' | 'payload'> & {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly data: Uint8Array;
};

const LONGEST_DATA = 0xffff - 20 - 8;

const udpField = peekInto(UDP);
const HEAD_BYTES = headerBytes(UDP);

/** Whether its length is one that it can have, and its checksum agrees, if it has one. Source: RFC 768. */
function isWhole(payload: Uint8Array, network: NetworkContext): boolean {
  const length = udpField(payload, 'length');
  if (payload.length < HEAD_BYTES || length < HEAD_BYTES || length > payload.length) return false;
  if (udpField(payload, 'checksum') === 0) return true;
  return internetChecksum(payload, { end: length, initial: pseudoHeaderSum(network, IP_PROTOCOLS.udp, length) }) === 0;
}

const networkOf = (source: number, destination: number): NetworkContext => ({
  version: 4,
  source: addressBytes(source),
  destination: addressBytes(destination),
});

export class UdpPorts {
  readonly #node: Node;
  readonly #listeners = new Map<number, (received: UdpReceived) => void>();

  constructor(node: Node) {
    this.#node = node;
    node.onDatagram(IP_PROTOCOLS.udp, (datagram) => this.#receive(datagram));
  }

  /** Hands every datagram for a port to `listener`, in place of the one before. */
  listen(port: number, listener: (received: UdpReceived) => void): void {
    this.#listeners.set(port, listener);
  }

  close(port: number): void {
    this.#listeners.delete(port);
  }

  send({ sourcePort, destinationPort, data, ...request }: UdpRequest): SendResult {
    const destination = addressOf(request.destination);
    const source = request.source === undefined ? this.#node.sourceFor(destination) : addressOf(request.source);
    if (source === undefined) return { ok: false, code: 'no-route' };
    if (data.length > LONGEST_DATA) return { ok: false, code: 'too-long' };
    const payload = encodeUdp({ sourcePort, destinationPort }, data, networkOf(source, destination));
    return this.#node.send({ ...request, protocol: IP_PROTOCOLS.udp, payload });
  }

  #receive(datagram: Datagram): void {
    const { source, payload, bytes } = datagram;
    // A datagram that is damaged is destroyed without a word.
    if (!isWhole(payload, networkOf(ipField(bytes, 'source'), ipField(bytes, 'destination')))) return;
    const [sourcePort, destinationPort] = [udpField(payload, 'sourcePort'), udpField(payload, 'destinationPort')];
    const listener = this.#listeners.get(destinationPort);
    if (listener)
      listener({ source, sourcePort, destinationPort, data: payload.subarray(HEAD_BYTES, udpField(payload, 'length')), datagram });
    else {
      this.#node.note(`nobody listens at UDP port ${destinationPort}`);
      this.#node.refuse(bytes, { what: 'port' });
    }
  }
}
