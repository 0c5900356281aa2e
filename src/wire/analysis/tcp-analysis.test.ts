import { describe, expect, it } from 'vitest';
import { type Facts, fromServer, segment } from '../transport/segment.fixture.ts';
import { seqAdd } from '../transport/sequence-number.ts';
import { type AnalysedSegment, TcpAnalysis } from './tcp-analysis.ts';

/** Both sides begin at a number so high that the exchange wraps. */
const ISN = 0xffff_fff0;
const ROUND_TRIP_US = 10_000;
const number = (relative: number): number => seqAdd(ISN, relative);

/** What one side sends; `seq` and `ack` count from 0 at its SYN, as Wireshark shows them. */
type Says = Omit<Facts, 'payload'> & { readonly seq: number; readonly length?: number };

/** A connection whose handshake took 10 ms. Times are milliseconds after it. */
class Talk {
  readonly #analysis = new TcpAnalysis();
  #packet = 0;
  #us = 0;

  constructor() {
    this.#push(segment, { seq: 0, syn: true }, 0);
    this.#push(fromServer, { seq: 0, syn: true, acknowledgmentNumber: number(1), ack: true }, ROUND_TRIP_US / 1000);
    this.client(1, 1);
  }

  #push(from: typeof segment, { seq, length = 0, ...facts }: Says, afterMs: number): AnalysedSegment {
    this.#packet += 1;
    this.#us += afterMs * 1000;
    const payload = new Uint8Array(length);
    return this.#analysis.push(from({ packet: this.#packet, us: this.#us, sequenceNumber: number(seq), payload, ...facts }));
  }

  /** The client's segment: its number, what it acknowledges, how long it is. */
  client(seq: number, ack: number, length = 0, facts: Facts = {}, afterMs = 0): AnalysedSegment {
    return this.#push(segment, { seq, length, acknowledgmentNumber: number(ack), ack: true, ...facts }, afterMs);
  }

  server(seq: number, ack: number, length = 0, facts: Facts = {}, afterMs = 0): AnalysedSegment {
    return this.#push(fromServer, { seq, length, acknowledgmentNumber: number(ack), ack: true, ...facts }, afterMs);
  }
}

const marksOf = ({ marks }: AnalysedSegment): readonly string[] => [...marks];

/** The client has sent two segments of 100 bytes, of which the server acknowledged `acknowledged` bytes. */
function talkOf200(acknowledged: number): Talk {
  const talk = new Talk();
  talk.client(1, 1, 100);
  talk.client(101, 1, 100);
  talk.server(1, 1 + acknowledged);
  return talk;
}

describe('an exchange without trouble', () => {
  it('has no marks', () => {
    const talk = new Talk();
    const all = [
      talk.client(1, 1, 100),
      talk.server(1, 101),
      talk.server(1, 101, 50),
      talk.client(101, 51),
      talk.client(101, 51, 0, { fin: true }),
    ];
    expect(all.flatMap(marksOf)).toEqual([]);
  });
});

describe('a segment that begins before the highest byte seen is', () => {
  it('a retransmission, if a round trip has passed', () => {
    expect(marksOf(talkOf200(0).client(1, 1, 100, {}, 10))).toEqual(['retransmission']);
  });
  it('out of order, if less has passed', () => {
    expect(marksOf(talkOf200(0).client(1, 1, 100, {}, 9.999))).toEqual(['out-of-order']);
  });
  it('a retransmission at once, if it is the last segment again', () => {
    expect(marksOf(talkOf200(0).client(101, 1, 100))).toEqual(['retransmission']);
  });
  it('a spurious retransmission, if the other side has acknowledged all of it', () => {
    expect(marksOf(talkOf200(100).client(1, 1, 100, {}, 300))).toEqual(['spurious-retransmission']);
    expect(marksOf(talkOf200(99).client(1, 1, 100, {}, 300))).toEqual(['retransmission']);
  });
  it('a fast retransmission, if two duplicates ask for it less than 20 ms before', () => {
    const asked = (): Talk => {
      const talk = talkOf200(0);
      talk.server(1, 1);
      talk.server(1, 1);
      return talk;
    };
    expect(marksOf(asked().client(1, 1, 100, {}, 19.999))).toEqual(['fast-retransmission']);
    expect(marksOf(asked().client(1, 1, 100, {}, 20))).toEqual(['retransmission']);
    expect(marksOf(asked().client(51, 1, 50, {}, 19.999))).toEqual(['retransmission']);
  });
});

describe('what is missing', () => {
  it('is told by the segment behind it', () => {
    expect(marksOf(talkOf200(200).client(301, 1, 100))).toEqual(['lost-segment']);
  });
  it('is told of the capture, if it was acknowledged', () => {
    expect(marksOf(talkOf200(200).server(1, 301))).toEqual(['ack-lost-segment']);
  });
});

describe('an acknowledgment', () => {
  it('that repeats the one before is a duplicate, counted from the packet that had it first', () => {
    const talk = talkOf200(100);
    expect(talk.server(1, 101)).toMatchObject({ marks: new Set(['duplicate-ack']), duplicateOf: { packet: 6, nth: 1 } });
    expect(talk.server(1, 101).duplicateOf).toEqual({ packet: 6, nth: 2 });
    talk.server(1, 201);
    expect(talk.server(1, 201).duplicateOf).toEqual({ packet: 9, nth: 1 });
  });
  it('with another window is a window update', () => {
    expect(marksOf(talkOf200(200).server(1, 201, 0, { window: 2000 }))).toEqual(['window-update']);
  });
});

describe('a window', () => {
  it('that is filled is full', () => {
    expect(marksOf(talkOf200(200).client(201, 1, 1000))).toEqual(['window-full']);
    expect(marksOf(talkOf200(200).client(201, 1, 999))).toEqual([]);
  });
  it('of zero is told; so is the byte that probes it, and the answer', () => {
    const talk = talkOf200(200);
    expect(marksOf(talk.server(1, 201, 0, { window: 0 }))).toEqual(['zero-window']);
    expect(marksOf(talk.client(201, 1, 1, {}, 200))).toEqual(['zero-window-probe']);
    expect(marksOf(talk.server(1, 201, 0, { window: 0 }))).toEqual(['zero-window', 'zero-window-probe-ack']);
    expect(marksOf(talk.server(1, 201, 0, { window: 500 }))).toEqual(['window-update']);
    expect(marksOf(talk.client(201, 1, 100))).toEqual([]);
  });
  it('of zero in a RST is none', () => {
    expect(marksOf(talkOf200(200).server(1, 201, 0, { window: 0, rst: true }))).toEqual([]);
  });
});

describe('an idle connection', () => {
  it.each([0, 1])('is kept alive by a segment of %i bytes one number back, and by the answer', (length) => {
    const talk = talkOf200(200);
    expect(marksOf(talk.client(200, 1, length, {}, 7200))).toEqual(['keep-alive']);
    expect(marksOf(talk.server(1, 201))).toEqual(['keep-alive-ack']);
  });
});

describe('a SYN', () => {
  it('with the number of the one before is sent again', () => {
    const analysis = new TcpAnalysis();
    analysis.push(segment({ syn: true, sequenceNumber: ISN }));
    expect(marksOf(analysis.push(segment({ syn: true, sequenceNumber: ISN, us: 1_000_000 })))).toEqual(['retransmission']);
  });
  it('with another number reuses the ports, and begins a history of its own', () => {
    const analysis = new TcpAnalysis();
    analysis.push(segment({ syn: true, sequenceNumber: ISN }));
    expect(marksOf(analysis.push(segment({ syn: true, sequenceNumber: 7 })))).toEqual(['reused-ports']);
    expect(analysis.connections).toHaveLength(2);
    expect(marksOf(analysis.push(fromServer({ sequenceNumber: 1, acknowledgmentNumber: 8, syn: true, ack: true })))).toEqual([]);
  });
});
