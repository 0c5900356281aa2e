/**
 * Which packets of a capture belong to one TCP connection, who called whom, and how numbers and windows are to be read.
 * Connections are counted as Wireshark counts `tcp.stream`, so that a learner finds the same ones there.
 */
import type { TcpEndpoint, TcpSegment } from './segment.ts';
import { seqAdd } from './sequence-number.ts';
import { windowFactor } from './tcp-options.ts';

/**
 * The factor that a side's windows are multiplied by. `unknown`: its SYN is not in the capture; `unused`: one of the two
 * did not offer the option, so neither scales. Source: RFC 7323 §2.2.
 */
export type WindowScale = number | 'unknown' | 'unused';

/** What one side of a connection has told of itself. */
export type TcpSide = {
  readonly endpoint: TcpEndpoint;
  /** Initial sequence number: of its SYN; else guessed, one less than the first number seen. */
  readonly isn: number | undefined;
  readonly windowScale: WindowScale;
  /** Largest segment it is ready to receive, bytes, from its SYN. */
  readonly mss: number | undefined;
};

export type TcpConnection = {
  /** From 0, in the order of first packets: `tcp.stream`. */
  readonly index: number;
  /**
   * Who opened it: sent the SYN, or got the SYN,ACK. If the capture has neither at its beginning, the one with the higher port,
   * because servers listen on low ones; if ports are equal, the sender of the first packet.
   */
  readonly client: TcpSide;
  readonly server: TcpSide;
};

/** How a segment belongs to its connection. */
export type PlacedSegment = {
  readonly connection: TcpConnection;
  readonly isFromClient: boolean;
  /** Less the sender's initial sequence number: `tcp.seq`. */
  readonly relativeSequenceNumber: number;
  /** Less the receiver's initial sequence number: `tcp.ack`; as it stands in the header if ACK is not set. */
  readonly relativeAcknowledgmentNumber: number;
  /** Bytes that the sender is ready to receive, scaled: `tcp.window_size`. The window of a SYN is never scaled. */
  readonly windowBytes: number;
  /** A SYN on addresses and ports that the capture knows already. */
  readonly isReused: boolean;
};

type Side = { -readonly [Key in keyof TcpSide]: TcpSide[Key] };
type Connection = { readonly index: number; readonly client: Side; readonly server: Side };

const newSide = (endpoint: TcpEndpoint): Side => ({ endpoint, isn: undefined, windowScale: 'unknown', mss: undefined });

const keyOf = ({ address, port }: TcpEndpoint): string => `${address} ${port}`;

/** The same for both directions. */
function pairKey({ source, destination }: TcpSegment): string {
  const [a, b] = [keyOf(source), keyOf(destination)];
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function isFromOpener({ header: { syn, ack }, source, destination }: TcpSegment): boolean {
  return syn ? !ack : source.port >= destination.port;
}

/** Initial sequence numbers, as far as this segment tells them. Source: what Wireshark does where it saw no SYN. */
function learnNumbers({ header }: TcpSegment, sender: Side, receiver: Side): void {
  sender.isn ??= header.syn ? header.sequenceNumber : seqAdd(header.sequenceNumber, -1);
  if (header.ack) receiver.isn ??= seqAdd(header.acknowledgmentNumber, -1);
}

/** The options of a SYN. A window scale counts only if both sides offer it. Source: RFC 7323 §2.2; RFC 9293 §3.7.1. */
function learnOptions({ header, options }: TcpSegment, sender: Side, receiver: Side): void {
  for (const option of options) {
    if (option.name === 'window-scale') sender.windowScale = windowFactor(option.shift);
    if (option.name === 'mss') sender.mss = option.bytes;
  }
  if (sender.windowScale === 'unknown') {
    sender.windowScale = 'unused';
    receiver.windowScale = 'unused';
  } else if (header.ack && receiver.windowScale === 'unused') sender.windowScale = 'unused';
}

const scaled = ({ header: { window, syn } }: TcpSegment, { windowScale }: Side): number =>
  syn || typeof windowScale === 'string' ? window : window * windowScale;

const isSame = (a: TcpEndpoint, b: TcpEndpoint): boolean => a.port === b.port && a.address === b.address;

/** Follows the connections of a capture, packet after packet. It keeps one small record for each connection. */
export class Connections {
  readonly #all: Connection[] = [];
  readonly #latest = new Map<string, Connection>();

  /** All connections so far. */
  get all(): readonly TcpConnection[] {
    return this.#all;
  }

  #open(segment: TcpSegment, key: string): Connection {
    const [opener, answerer] = isFromOpener(segment) ? [segment.source, segment.destination] : [segment.destination, segment.source];
    const connection: Connection = { index: this.#all.length, client: newSide(opener), server: newSide(answerer) };
    this.#all.push(connection);
    this.#latest.set(key, connection);
    return connection;
  }

  /** Finds the connection, or opens one. A SYN with another initial sequence number is a new connection on the same ports. */
  #find(segment: TcpSegment): { readonly connection: Connection; readonly isReused: boolean } {
    const key = pairKey(segment);
    const known = this.#latest.get(key);
    if (!known) return { connection: this.#open(segment, key), isReused: false };
    const { syn, ack, sequenceNumber } = segment.header;
    const sender = isSame(segment.source, known.client.endpoint) ? known.client : known.server;
    if (!syn || sender.isn === undefined) return { connection: known, isReused: false };
    if (!ack && sequenceNumber !== sender.isn) return { connection: this.#open(segment, key), isReused: true };
    const isReused = sequenceNumber !== sender.isn;
    if (isReused) sender.isn = sequenceNumber;
    return { connection: known, isReused };
  }

  /** Places the next segment of the capture. */
  push(segment: TcpSegment): PlacedSegment {
    const { connection, isReused } = this.#find(segment);
    const isFromClient = isSame(segment.source, connection.client.endpoint);
    const [sender, receiver] = isFromClient ? [connection.client, connection.server] : [connection.server, connection.client];
    learnNumbers(segment, sender, receiver);
    const { sequenceNumber, acknowledgmentNumber, ack, syn } = segment.header;
    const windowBytes = scaled(segment, sender);
    if (syn) learnOptions(segment, sender, receiver);
    return {
      connection,
      isFromClient,
      relativeSequenceNumber: seqAdd(sequenceNumber, -(sender.isn ?? 0)),
      relativeAcknowledgmentNumber: ack ? seqAdd(acknowledgmentNumber, -(receiver.isn ?? 0)) : acknowledgmentNumber,
      windowBytes,
      isReused,
    };
  }
}
