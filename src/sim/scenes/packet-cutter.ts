/**
 * One text as one UDP datagram, cut into IPv4 fragments: by its sender, and again by a router whose next link carries less.
 * Only the receiver puts them together, and only if none is missing. Source: RFC 791 §3.2.
 */
import type { Trace } from '#trace/trace.ts';
import { REASSEMBLY_TIMEOUT_MS } from '#wire/network/reassembly.ts';
import { LEAST_MTU } from '../build.ts';
import type { Captured } from '../captures.ts';
import type { Chance } from '../link/chance.ts';
import type { Hop } from '../link/hop.ts';
import { Network } from '../network.ts';
import { packetIn } from '../node/interface.ts';
import { headerBytesOf, ipField } from '../node/packet.ts';
import { arrowIdOf, slowedToShow } from '../to-trace.ts';
import type { LinkSpec, NetworkSpec } from '../topology.ts';

/** Which link: 1 leads from Ada, 2 from the router to Bo. `nth`: which piece, from 1, in the order in which that link carried them. */
export type PieceName = { readonly hop: 1 | 2; readonly nth: number };

export type CutterSettings = {
  readonly text: string;
  /** Longest packet of each link, bytes: one link, or two with a router between them. */
  readonly mtus: readonly [number] | readonly [number, number];
  /** 0 to 1, for each piece on each link. */
  readonly lossRatio?: number;
  readonly reorderRatio?: number;
  readonly duplicateRatio?: number;
  /** These are lost, whatever chance says. */
  readonly lose?: readonly PieceName[];
  readonly seed?: number;
};

/** `text-too-long`: more than one UDP datagram holds. `bad-mtu`: less than IPv4 asks of every link, or more than 65,535. */
export type CutterRefusal = 'text-too-long' | 'bad-mtu';

/** A range of bytes: from the first up to, but not including, the second. */
export type ByteRange = readonly [from: number, to: number];

export type Piece = PieceName & {
  /** Its arrow in the trace. */
  readonly id: string;
  /** Length of the packet, header included, bytes. */
  readonly length: number;
  /** Which bytes of the datagram's data it carries: the UDP header is the first eight. */
  readonly data: ByteRange;
  /** Which bytes of the text, as UTF-8; both the same if it carries none. */
  readonly carries: ByteRange;
  readonly moreFollow: boolean;
  readonly sentUs: number;
  readonly fate: { readonly kind: 'delivered'; readonly atUs: number } | { readonly kind: 'lost'; readonly atUs: number };
  /** When copies of it arrived. */
  readonly copiesUs: readonly number[];
};

export type Rebuilt =
  | { readonly kind: 'whole'; readonly text: string; readonly atUs: number }
  /** Bytes of the text that never came. Bo drops the rest too, `dropsAtUs` after the beginning. */
  | { readonly kind: 'missing'; readonly ranges: readonly ByteRange[]; readonly dropsAtUs: number }
  /** Not one piece came, so Bo knows of nothing. */
  | { readonly kind: 'nothing' };

export type Cut = {
  /** Bytes of the text, and of the datagram with its headers. */
  readonly textBytes: number;
  readonly datagramBytes: number;
  readonly pieces: readonly Piece[];
  /** What Bo got, in the order in which it came; a copy is named again. */
  readonly arrivals: readonly (PieceName & { readonly atUs: number })[];
  readonly rebuilt: Rebuilt;
  readonly trace: Trace;
  readonly captures: Readonly<Record<string, readonly Captured[]>>;
};

export type CutResult = { readonly ok: true; readonly cut: Cut } | { readonly ok: false; readonly code: CutterRefusal };

const IP_HEAD_BYTES = 20;
const UDP_HEAD_BYTES = 8;
const LONGEST_TEXT = 0xffff - IP_HEAD_BYTES - UDP_HEAD_BYTES;
const BO = '198.51.100.20';
const PORTS = { sourcePort: 50_000, destinationPort: 9999 };
/** How long Bo waits for missing pieces, µs. */
const PATIENCE_US = REASSEMBLY_TIMEOUT_MS[4] * 1000;
/** Held for so many times as the longest packet takes to be sent, so that a few overtake it on any link. */
const HELD_PACKETS = 4.5;
const COPY_LATER_US = 1_200;
const RATE = 1_000_000;
const MICRO = 1_000_000;
/** So many times the time of one piece a run may take to play. */
const MOST_SHOWN = 60;
const DELAY_US = 1_000;

const sendingUs = (bytes: number): number => Math.round((bytes * 8 * MICRO) / RATE);

function chancesOf(settings: CutterSettings, hop: 1 | 2, mtu: number): Pick<LinkSpec, 'loss' | 'duplication' | 'reordering'> {
  const { lossRatio = 0, reorderRatio = 0, duplicateRatio = 0, lose = [] } = settings;
  const loss: Chance = { ratio: lossRatio, nth: lose.filter((piece) => piece.hop === hop).map(({ nth }) => nth) };
  const heldUs = Math.round(HELD_PACKETS * sendingUs(mtu));
  return { loss, duplication: { ratio: duplicateRatio, laterUs: COPY_LATER_US }, reordering: { ratio: reorderRatio, heldUs } };
}

function networkOf(settings: CutterSettings): NetworkSpec {
  const [first, second] = settings.mtus;
  const link = (hop: 1 | 2, mtu: number, ends: LinkSpec['ends']): LinkSpec => ({
    id: `hop-${hop}`,
    ends,
    mtu,
    rateBitsPerSecond: RATE,
    delayUs: DELAY_US,
    forth: chancesOf(settings, hop, mtu),
  });
  const ada = { node: 'ada', address: '192.0.2.10/24' };
  const bo = { node: 'bo', address: `${BO}/24` };
  const hosts = [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo' },
  ];
  const seed = settings.seed ?? 1;
  if (second === undefined) return { seed, hosts, links: [link(1, first, [{ ...ada, address: '198.51.100.10/24' }, bo])] };
  return {
    seed,
    hosts,
    routers: [{ id: 'router', name: 'Router' }],
    links: [
      link(1, first, [ada, { node: 'router', address: '192.0.2.1/24' }]),
      link(2, second, [{ node: 'router', address: '198.51.100.1/24' }, bo]),
    ],
  };
}

const textRange = ([from, to]: ByteRange): ByteRange => [Math.max(0, from - UDP_HEAD_BYTES), Math.max(0, to - UDP_HEAD_BYTES)];

function pieceOf(hop: Hop, index: number, name: PieceName): Piece {
  const packet = packetIn(hop.bytes);
  const from = ipField(packet, 'fragmentOffset') * 8;
  const data: ByteRange = [from, from + hop.size - headerBytesOf(packet)];
  return {
    ...name,
    id: arrowIdOf(index),
    length: hop.size,
    data,
    carries: textRange(data),
    moreFollow: ipField(packet, 'moreFragments') === 1,
    sentUs: hop.startedUs ?? hop.offeredUs,
    fate: hop.arrivedUs === undefined ? { kind: 'lost', atUs: hop.end?.atUs ?? hop.offeredUs } : { kind: 'delivered', atUs: hop.arrivedUs },
    copiesUs: hop.copiesUs,
  };
}

/** The pieces on their way to Bo, in order of time. What comes back to Ada is none. */
function piecesOf(hops: readonly Hop[]): readonly Piece[] {
  const counts = { 1: 0, 2: 0 };
  return hops.flatMap((hop, index) => {
    if (hop.from === 'bo' || hop.to === 'ada') return [];
    const link = hop.link === 'hop-1' ? 1 : 2;
    counts[link] += 1;
    return [pieceOf(hop, index, { hop: link, nth: counts[link] })];
  });
}

const arrivalsOf = (pieces: readonly Piece[]): Cut['arrivals'] =>
  pieces
    .flatMap(({ hop, nth, fate, copiesUs }) =>
      fate.kind === 'delivered' ? [fate.atUs, ...copiesUs].map((atUs) => ({ hop, nth, atUs })) : [],
    )
    .sort((a, b) => a.atUs - b.atUs);

/** The parts of `whole` that no range covers. */
function gapsIn(ranges: readonly ByteRange[], whole: number): readonly ByteRange[] {
  const gaps: ByteRange[] = [];
  let covered = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from > covered) gaps.push([covered, from]);
    covered = Math.max(covered, to);
  }
  return covered < whole ? [...gaps, [covered, whole]] : gaps;
}

function missing(pieces: readonly Piece[], dataBytes: number): Rebuilt {
  const arrived = pieces.filter(({ fate }) => fate.kind === 'delivered');
  const firstUs = Math.min(...arrived.flatMap(({ fate }) => fate.atUs));
  if (arrived.length === 0) return { kind: 'nothing' };
  const gaps = gapsIn(
    arrived.map(({ data }) => data),
    dataBytes,
  );
  return { kind: 'missing', ranges: gaps.map(textRange), dropsAtUs: firstUs + PATIENCE_US };
}

const isMtu = (mtu: number): boolean => Number.isInteger(mtu) && mtu >= LEAST_MTU && mtu <= 0xffff;

/** Cuts a text and sends the pieces. The run ends with the last piece: Bo’s patience, half a minute, is told and not shown. */
export function cutText(settings: CutterSettings): CutResult {
  const bytes = new TextEncoder().encode(settings.text);
  if (bytes.length > LONGEST_TEXT) return { ok: false, code: 'text-too-long' };
  if (!settings.mtus.every(isMtu)) return { ok: false, code: 'bad-mtu' };
  const network = new Network(networkOf(settings));
  let whole: Rebuilt | undefined;
  network.node('bo').udp.listen(PORTS.destinationPort, ({ data }) => {
    // A copy of every piece makes a copy of the whole.
    whole ??= { kind: 'whole', text: new TextDecoder().decode(data), atUs: network.kernel.nowUs };
  });
  network.node('ada').udp.send({ ...PORTS, destination: BO, data: bytes });
  network.run({ untilUs: PATIENCE_US - 1 });
  return { ok: true, cut: cutOf(network, { textBytes: bytes.length, lastHop: settings.mtus.length, whole }) };
}

const nameOf = ({ nth, data: [from], moreFollow }: Piece): string => (from === 0 && !moreFollow ? 'in one piece' : `piece ${nth}`);

/** Each piece can be told from the next, unless there are so many that the run would not end. */
function slowedFor(pieces: readonly Piece[]): number {
  const shortest = Math.min(...pieces.map(({ length }) => length));
  const endUs = Math.max(...pieces.map(({ fate }) => fate.atUs));
  return Math.min(slowedToShow(sendingUs(shortest)), slowedToShow(endUs / MOST_SHOWN));
}

function cutOf(network: Network, { textBytes, lastHop, whole }: { textBytes: number; lastHop: number; whole: Rebuilt | undefined }): Cut {
  const pieces = piecesOf(network.hops);
  const atBo = pieces.filter(({ hop }) => hop === lastHop);
  const names = new Map(pieces.map((piece) => [piece.id, nameOf(piece)]));
  const { trace, captures } = network.result({ label: (_, id) => names.get(id), endsAtUs: 0, slowed: slowedFor(pieces) });
  return {
    textBytes,
    datagramBytes: textBytes + UDP_HEAD_BYTES + IP_HEAD_BYTES,
    pieces,
    arrivals: arrivalsOf(atBo),
    rebuilt: whole ?? missing(atBo, textBytes + UDP_HEAD_BYTES),
    trace,
    captures,
  };
}
