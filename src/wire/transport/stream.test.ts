import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../hex.fixture.ts';
import { segment } from './segment.fixture.ts';
import { seqAdd } from './sequence-number.ts';
import { MAX_AHEAD_BYTES, MAX_CONFLICTS, MAX_WAITING_BYTES, MAX_WAITING_SEGMENTS, type StreamEvent, TcpStream } from './stream.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
function tell(event: StreamEvent): string {
  switch (event.type) {
    case 'bytes':
      return `${event.at} ${text(event.bytes)} ${event.packet}`;
    case 'gap':
      return `${event.at} gap of ${event.length}${event.isAcknowledged ? ', acknowledged' : ''}`;
    case 'conflict':
      return `${event.at} conflict of ${event.length}, ${event.packet} with ${event.first}`;
    case 'left-out':
      return `${event.packet} left out: ${event.reason}`;
    case 'end':
      return `${event.at} end ${event.packet}`;
    default:
      return `${event.type} ${event.packet}`;
  }
}
/** `0 hello 3`: at byte 0, the bytes of packet 3. */
const told = (events: readonly StreamEvent[]): readonly string[] => events.map(tell);

const ISN = 1000;
/** A stream whose SYN was seen; `data(3, 'lo', 7)` is what packet 7 brings for byte 3. */
const begun = (isn = ISN): TcpStream => {
  const stream = new TcpStream();
  stream.push(segment({ sequenceNumber: isn, syn: true }));
  return stream;
};
const data = (at: number, bytes: string, packet: number, flags: { readonly fin?: true; readonly rst?: true } = {}) =>
  segment({ sequenceNumber: seqAdd(ISN, 1 + at), payload: utf8(bytes), packet, ...flags });

describe('a stream', () => {
  it('gives bytes in order, with the packet that brought them', () => {
    const stream = begun();
    expect(told(stream.push(data(0, 'hel', 4)))).toEqual(['0 hel 4']);
    expect(told(stream.push(data(3, 'lo', 6)))).toEqual(['3 lo 6']);
  });
  it('lets bytes wait for those before them', () => {
    const stream = begun();
    expect(told(stream.push(data(3, 'lo', 4)))).toEqual([]);
    expect(stream.waitingBytes).toBe(2);
    expect(told(stream.push(data(0, 'hel', 6)))).toEqual(['0 hel 6', '3 lo 4']);
    expect(stream.waitingBytes).toBe(0);
  });
  it('gives bytes that come twice once', () => {
    const stream = begun();
    stream.push(data(0, 'hel', 4));
    expect(told(stream.push(data(0, 'hel', 5)))).toEqual([]);
    expect(told(stream.push(data(0, 'hello', 6)))).toEqual(['3 lo 6']);
  });
  it('counts the SYN, and bytes that come with it, from the number behind it (RFC 9293 §3.4)', () => {
    const stream = new TcpStream();
    expect(told(stream.push(segment({ sequenceNumber: 0xffff_fffe, syn: true, payload: utf8('hello') })))).toEqual(['0 hello 1']);
    expect(stream.offsetOf(4)).toBe(5);
  });
  it('begins with the first segment, if its SYN was not captured', () => {
    const stream = new TcpStream();
    expect(told(stream.push(data(100, 'lo', 4)))).toEqual(['0 lo 4']);
    expect(told(stream.push(data(97, 'hel', 5)))).toEqual([]);
  });
  it('ends when all bytes before the FIN are given', () => {
    const stream = begun();
    expect(told(stream.push(data(3, 'lo', 5, { fin: true })))).toEqual([]);
    expect(told(stream.push(data(0, 'hel', 6)))).toEqual(['0 hel 6', '3 lo 5', '5 end 5']);
    expect(told(stream.push(data(5, '', 7, { fin: true })))).toEqual([]);
    expect(told(stream.finish())).toEqual([]);
  });
  it('gives nothing from behind its end', () => {
    const stream = begun();
    stream.push(data(0, 'hello', 5, { fin: true }));
    expect(told(stream.push(data(5, 'more', 6)))).toEqual(['6 left out: behind-the-end']);
    const early = begun();
    early.push(data(5, 'more', 4));
    expect(told(early.push(data(0, 'hello', 5, { fin: true })))).toEqual(['0 hello 5', '5 end 5']);
  });
  it('is broken off by a RST, whose data is no part of it (RFC 9293 §3.5.3)', () => {
    const stream = begun();
    expect(told(stream.push(data(0, 'reason', 5, { rst: true })))).toEqual(['reset 5']);
    expect(told(stream.push(data(0, 'hello', 6)))).toEqual(['0 hello 6']);
  });
});

describe('bytes for the same place', () => {
  it('that differ are reported, and the first ones count, given or waiting', () => {
    const stream = begun();
    stream.push(data(0, 'hello', 4));
    expect(told(stream.push(data(1, 'uXXo, you', 5)))).toEqual(['1 conflict of 3, 5 with 4', '5 , you 5']);
    stream.push(data(20, 'late', 6));
    expect(told(stream.push(data(18, 'a gate', 7)))).toEqual(['20 conflict of 1, 7 with 6']);
  });
  it('fill what is free on both sides of what waits', () => {
    const stream = begun();
    stream.push(data(2, 'C', 4));
    stream.push(data(5, 'F', 5));
    expect(told(stream.push(data(0, 'abcdefgh', 6)))).toEqual([
      '2 conflict of 1, 6 with 4',
      '5 conflict of 1, 6 with 5',
      '0 ab 6',
      '2 C 4',
      '3 de 6',
      '5 F 5',
      '6 gh 6',
    ]);
  });
  it('are told of up to a limit: one segment can lie over thousands of others', () => {
    const stream = begun();
    for (let at = 1; at < 2 * MAX_CONFLICTS + 40; at += 2) stream.push(data(at, 'a', 4));
    const events = stream.push(data(0, 'b'.repeat(2 * MAX_CONFLICTS + 40), 5));
    expect(events.filter(({ type }) => type === 'conflict').length).toBe(MAX_CONFLICTS);
  });
  it('do not conflict if the later ones are a keep-alive, whose byte may be any (RFC 9293 §3.8.4)', () => {
    const stream = begun();
    stream.push(data(0, 'hello', 4));
    expect(told(stream.push(data(4, '\0', 5)))).toEqual([]);
  });
});

describe('a gap', () => {
  it('that the other side acknowledged is one of the capture: reading goes on behind it', () => {
    const stream = begun();
    stream.push(data(0, 'he', 4));
    stream.push(data(4, 'o', 6));
    expect(told(stream.acknowledge(ISN + 1 + 3))).toEqual([]);
    expect(told(stream.acknowledge(ISN + 1 + 4))).toEqual(['2 gap of 2, acknowledged', '4 o 6']);
  });
  it('whose acknowledgment came first is passed as soon as something waits behind it', () => {
    const stream = begun();
    expect(told(stream.acknowledge(ISN + 1 + 9))).toEqual([]);
    expect(told(stream.push(data(4, 'o', 6)))).toEqual(['0 gap of 4, acknowledged', '4 o 6']);
  });
  it('that nobody acknowledged is reported at the end, and nothing from behind it is given', () => {
    const stream = begun();
    stream.push(data(2, 'llo', 4));
    expect(told(stream.finish())).toEqual(['0 gap of 2']);
  });
  it('at the end of the stream is reported too, up to the acknowledgment or the FIN', () => {
    const stream = begun();
    stream.acknowledge(ISN + 1 + 9);
    expect(told(stream.finish())).toEqual(['0 gap of 9, acknowledged']);
    const closed = begun();
    closed.push(data(7, '', 5, { fin: true }));
    closed.acknowledge(ISN + 1 + 8);
    expect(told(closed.finish())).toEqual(['0 gap of 7, acknowledged', '7 end 5']);
    const open = begun();
    open.push(data(7, '', 5, { fin: true }));
    expect(told(open.finish())).toEqual(['0 gap of 7']);
  });
});

describe('what a stream holds is limited', () => {
  it('to what lies within the largest window', () => {
    expect(told(begun().push(data(MAX_AHEAD_BYTES + 1, 'x', 5)))).toEqual(['5 left out: out-of-window']);
    expect(told(begun().push(data(MAX_AHEAD_BYTES, 'x', 5)))).toEqual([]);
    const stream = begun();
    stream.acknowledge(seqAdd(ISN, 2 ** 31));
    expect(told(stream.push(data(4, 'o', 5)))).toEqual([]);
  });
  it('in bytes', () => {
    const stream = begun();
    stream.push(segment({ sequenceNumber: ISN + 2, payload: new Uint8Array(MAX_WAITING_BYTES) }));
    expect(told(stream.push(data(MAX_WAITING_BYTES + 5, 'x', 5)))).toEqual(['5 left out: too-many']);
    expect(told(stream.push(data(0, 'x', 6)))[0]).toBe('0 x 6');
  });
  it('in segments', () => {
    const stream = begun();
    for (let nth = 1; nth <= MAX_WAITING_SEGMENTS; nth += 1) stream.push(data(nth * 2, 'x', nth));
    expect(told(stream.push(data(1, 'x', 5)))).toEqual(['5 left out: too-many']);
  });
});

/** Pieces that cover the whole, each so often as `times` says, in any order. */
type Piece = { readonly at: number; readonly bytes: Uint8Array };
const anyPieces = (whole: Uint8Array): fc.Arbitrary<readonly Piece[]> => {
  const anyPlace = fc.nat({ max: whole.length });
  const piece = (from: number, to: number): Piece => ({ at: from, bytes: whole.subarray(from, to) });
  const cover = fc.uniqueArray(anyPlace, { maxLength: 12 }).map((cuts) => {
    const places = [0, ...cuts, whole.length].sort((a, b) => a - b);
    return places.slice(1).map((to, index) => piece(places[index] ?? 0, to));
  });
  const more = fc.array(
    fc.tuple(anyPlace, anyPlace).map(([a, b]) => piece(Math.min(a, b), Math.max(a, b))),
    { maxLength: 8 },
  );
  return fc.tuple(cover, more).chain(([all, extra]) => fc.shuffledSubarray([...all, ...extra], { minLength: all.length + extra.length }));
};
const anyStream = fc.uint8Array({ minLength: 1, maxLength: 200 }).chain((whole) =>
  fc.record({
    whole: fc.constant(whole),
    pieces: anyPieces(whole),
    isn: fc.oneof(fc.constantFrom(0, 0xffff_fff0, 0x7fff_fff0), fc.integer({ min: 0, max: 0xffff_ffff })),
  }),
);
const play = (isn: number, pieces: readonly Piece[]): readonly StreamEvent[] => {
  const stream = begun(isn);
  const events = pieces.flatMap(({ at, bytes }, index) =>
    stream.push(segment({ sequenceNumber: seqAdd(isn, 1 + at), payload: bytes, packet: index })),
  );
  return [...events, ...stream.finish()];
};

describe('any split, order, repetition and overlap, from any initial sequence number,', () => {
  it('gives back the bytes, each from a packet that brought it', () => {
    fc.assert(
      fc.property(anyStream, ({ whole, pieces, isn }) => {
        const events = play(isn, pieces);
        const given: number[] = [];
        for (const event of events) {
          if (event.type !== 'bytes') throw new Error(`an unexpected ${event.type}`);
          expect(event.at).toBe(given.length);
          const { at, bytes } = pieces[event.packet] ?? { at: 0, bytes: new Uint8Array() };
          expect(bytes.subarray(event.at - at, event.at - at + event.bytes.length)).toEqual(event.bytes);
          given.push(...event.bytes);
        }
        expect(Uint8Array.from(given)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
  it('never gives bytes from behind a missing one as if they followed', () => {
    fc.assert(
      fc.property(anyStream, fc.nat(), ({ whole, pieces, isn }, place) => {
        const missing = place % whole.length;
        const rest = pieces.filter(({ at, bytes }) => missing < at || missing >= at + bytes.length);
        const chunks = play(isn, rest).filter((event) => event.type === 'bytes');
        for (const { at, bytes } of chunks) expect(at + bytes.length).toBeLessThanOrEqual(missing);
      }),
      { numRuns: 300 },
    );
  });
});
