/** The packets of a capture file, whatever its format, and how many of them are read. */
import { firstProtocol } from '../link/link-type.ts';
import type { CaptureError, CaptureErrorCode } from './capture-error.ts';

/** One packet as it was captured. */
export type CapturedPacket = {
  /** From 1, as Wireshark counts. */
  readonly number: number;
  /** When it was captured: nanoseconds since 1970 began (UTC). Missing where the file does not say. */
  readonly ns: bigint | undefined;
  /** Microseconds since the first packet; where the file does not say, those of the packet before. */
  readonly us: number;
  /** Bytes that it had on the link. */
  readonly length: number;
  /** The bytes that were kept: a view into the file. */
  readonly bytes: Uint8Array;
  readonly linkType: number;
  /** Which of the capture's interfaces saw it. */
  readonly via: number;
  /** Bytes of the frame check sequence at its end, as it was on the link; missing if there is none, or nobody says. */
  readonly fcsBytes?: number;
};

export type CaptureInterface = {
  /** What the interface delivers. Source: the registry of link types, https://www.tcpdump.org/linktypes.html */
  readonly linkType: number;
  /** Most bytes that were kept of a packet; 0 says that there was no limit. */
  readonly snapLength: number;
  /** Bytes of the frame check sequence that it leaves at the end of each packet; missing if it leaves none, or does not say. */
  readonly fcsBytes?: number;
  /** `eth0`. */
  readonly name?: string;
};

export type Capture = {
  readonly format: 'pcap' | 'pcapng' | 'unknown';
  readonly packets: readonly CapturedPacket[];
  readonly interfaces: readonly CaptureInterface[];
  readonly errors: readonly CaptureError[];
};

export type CaptureLimits = { readonly bytes: number; readonly packets: number };

/** How large is too large. What lies behind is not read, and the capture says so. */
export const CAPTURE_LIMITS: CaptureLimits = { bytes: 100_000_000, packets: 200_000 };

/** Most interfaces of one file. */
export const MAX_INTERFACES = 10_000;

/** Most bytes of one packet. Source: what libpcap accepts for most links (MAXIMUM_SNAPLEN). */
export const MAX_PACKET_BYTES = 262_144;

const NS_PER_US = 1000;

/** Collects what a reader of a format finds. */
export class CaptureBuilder {
  readonly packets: CapturedPacket[] = [];
  readonly interfaces: CaptureInterface[] = [];
  readonly errors: CaptureError[] = [];
  readonly #mostPackets: number;
  readonly #isCut: boolean;
  #firstNs: bigint | undefined;
  #us = 0;
  #isStopped = false;

  /** `isCut`: the file is longer than what is read of it, so that its end is not where it stops making sense. */
  constructor({ mostPackets, isCut }: { readonly mostPackets: number; readonly isCut: boolean }) {
    this.#mostPackets = mostPackets;
    this.#isCut = isCut;
  }

  /** Nothing more is to be read. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Counts a packet, which stands at byte `at` of the file, and its time. */
  add({ ns, length, bytes, via }: Pick<CapturedPacket, 'ns' | 'length' | 'bytes' | 'via'>, at: number): void {
    if (this.packets.length >= this.#mostPackets) this.stop('too-many-packets', at);
    if (this.#isStopped) return;
    if (ns !== undefined) {
      this.#firstNs ??= ns;
      this.#us = Number(ns - this.#firstNs) / NS_PER_US;
    }
    const number = this.packets.length + 1;
    const { linkType = 0, fcsBytes = 0 } = this.interfaces[via] ?? {};
    if (firstProtocol(linkType, bytes) === undefined) this.note('unknown-link-type', at);
    this.packets.push({
      number,
      ns,
      us: this.#us,
      length: Math.max(length, bytes.length),
      bytes,
      linkType,
      via,
      ...(fcsBytes > 0 && { fcsBytes }),
    });
  }

  /** Something is wrong that reading survives. */
  note(code: CaptureErrorCode, offset: number): void {
    if (!this.errors.some((error) => error.code === code)) this.errors.push({ code, offset });
  }

  /** Something is wrong, and reading ends here. */
  stop(code: CaptureErrorCode, offset: number): void {
    this.note(code === 'truncated' && this.#isCut ? 'too-many-bytes' : code, offset);
    this.#isStopped = true;
  }
}
