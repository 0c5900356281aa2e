/**
 * A host, or a router: what it does with IPv4. Source: RFC 1122 §3 (hosts), RFC 1812 §5 (routers, which also forward).
 * Deviation: no broadcast, no multicast, no options; header checksums are not judged, since no link damages a bit.
 */
import { IP_PROTOCOLS } from '#wire/network/ip-protocol.ts';
import { encodeIpv4, type Ipv4Choice } from '#wire/network/ipv4.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Death } from '../link/hop.ts';
import type { SimLog } from '../log.ts';
import { addressOf, addressText } from './address.ts';
import { answerEcho } from './echo.ts';
import { forward } from './forward.ts';
import { hopOf, type Interface, packetIn } from './interface.ts';
import { headerBytesOf, ipField, isFragment } from './packet.ts';
import { Pieces } from './pieces.ts';
import { type Refusal, refuse } from './refuse.ts';
import { Routes } from './routes.ts';
import { sendThrough } from './send-through.ts';
import { UdpPorts } from './udp-ports.ts';

/** A datagram that has arrived, put together again if it came in pieces. */
export type Datagram = {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly ttl: number;
  readonly payload: Uint8Array;
  /** All of it, header included. */
  readonly bytes: Uint8Array;
};

/** What a program asks IP to send. The source is the address of the interface it leaves through, if left out. */
export type SendRequest = Pick<Ipv4Choice, 'destination' | 'protocol'> &
  Partial<Pick<Ipv4Choice, 'source' | 'ttl' | 'dontFragment' | 'identification'>> & { readonly payload: Uint8Array };

/** `too-big`: longer than the link carries, and not to be cut. `too-long`: longer than any datagram may be. */
export type SendResult = { readonly ok: true } | { readonly ok: false; readonly code: 'no-route' | 'too-big' | 'too-long' };

export type NodeSettings = { readonly id: string; readonly isRouter: boolean };

const LONGEST_PAYLOAD = 0xffff - 20;
const HIGHEST_ID = 0xffff;

export class Node {
  readonly id: string;
  readonly isRouter: boolean;
  readonly kernel: Kernel;
  readonly log: SimLog;
  readonly interfaces: Interface[] = [];
  readonly routes = new Routes();
  readonly udp: UdpPorts;
  readonly #handlers = new Map<number, (datagram: Datagram) => void>();
  readonly #pieces: Pieces;
  #identification = 0;

  constructor({ id, isRouter }: NodeSettings, kernel: Kernel, log: SimLog) {
    this.id = id;
    this.isRouter = isRouter;
    this.kernel = kernel;
    this.log = log;
    this.#pieces = new Pieces(this);
    this.udp = new UdpPorts(this);
  }

  isOwn(address: number): boolean {
    return this.interfaces.some((one) => one.address === address);
  }

  /** Hands every datagram of a protocol to `handler`, in place of the one before. ICMP is answered here all the same. */
  onDatagram(protocol: number, handler: (datagram: Datagram) => void): void {
    this.#handlers.set(protocol, handler);
  }

  /** The address that a datagram to `destination` leaves from; undefined if there is no way. */
  sourceFor(destination: number): number | undefined {
    return this.#wayTo(destination)?.address;
  }

  #wayTo(destination: number): Interface | undefined {
    return this.isOwn(destination) ? this.interfaces[0] : this.routes.find(destination)?.via;
  }

  /** Sends a datagram, in pieces if it must be. */
  send({ payload, ...request }: SendRequest): SendResult {
    const destination = addressOf(request.destination);
    const via = this.#wayTo(destination);
    if (!via) return { ok: false, code: 'no-route' };
    if (payload.length > LONGEST_PAYLOAD) return { ok: false, code: 'too-long' };
    this.#identification = (this.#identification % HIGHEST_ID) + 1;
    const packet = encodeIpv4({ source: addressText(via.address), identification: this.#identification, ...request }, payload);
    if (this.isOwn(destination)) this.kernel.after(0, () => this.deliver(packet));
    else if (!sendThrough(this, { via, isForwarded: false }, packet)) {
      this.drop(via, packet, 'too-big');
      return { ok: false, code: 'too-big' };
    }
    return { ok: true };
  }

  /** A frame has come in. */
  receive(frame: Uint8Array): void {
    const packet = packetIn(frame);
    if (this.isOwn(ipField(packet, 'destination'))) this.#keep(packet);
    else if (this.isRouter) forward(this, packet);
  }

  /** Destroys a packet that was to leave through an interface, and writes down why. */
  drop(via: Interface, packet: Uint8Array, cause: Extract<Death, 'ttl' | 'too-big'>): void {
    const { nowUs } = this.kernel;
    this.log.add({ ...hopOf(via, packet, nowUs), end: { cause, place: 'device', atUs: nowUs } });
  }

  /** Tells the sender of a packet why it was destroyed. */
  refuse(packet: Uint8Array, why: Refusal): void {
    refuse(this, packet, why);
  }

  note(text: string): void {
    this.log.note(this.id, this.kernel.nowUs, text);
  }

  /** Pieces wait for the others here, and only here. */
  #keep(packet: Uint8Array): void {
    const whole = isFragment(packet) ? this.#pieces.add(packet) : packet;
    if (whole) this.deliver(whole);
  }

  /** Hands a whole datagram to whoever waits for its protocol. */
  deliver(bytes: Uint8Array): void {
    const protocol = ipField(bytes, 'protocol');
    const datagram: Datagram = {
      source: addressText(ipField(bytes, 'source')),
      destination: addressText(ipField(bytes, 'destination')),
      protocol,
      ttl: ipField(bytes, 'ttl'),
      payload: bytes.subarray(headerBytesOf(bytes)),
      bytes,
    };
    const handler = this.#handlers.get(protocol);
    if (protocol === IP_PROTOCOLS.icmp) answerEcho(this, datagram);
    else if (!handler) this.refuse(bytes, { what: 'protocol' });
    handler?.(datagram);
  }
}
