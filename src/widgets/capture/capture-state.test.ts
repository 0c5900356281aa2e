import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import type { CaptureReader } from './capture-reader.ts';
import { type CaptureAnswer, CaptureService } from './capture-service.ts';
import { type CaptureSources, CaptureState, type ShippedCapture } from './capture-state.ts';

const CAPTURES: readonly ShippedCapture[] = ['arp-tcp-http.pcap', 'udp-fragments.pcap', 'tcp-retransmission.pcap'].map((file) => ({
  file,
  title: file,
  what: '',
  lookFor: [],
}));
const bytesOf = async (file: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`content/captures/${file}`));

/** The service in this thread, in place of the worker. */
const direct: CaptureSources['start'] = (onAnswer): CaptureReader => {
  const service = new CaptureService();
  return {
    ask: (request) => {
      for (const answer of service.answer(request)) onAnswer(answer);
    },
    close: () => undefined,
  };
};
const viewer = (sources: Partial<CaptureSources> = {}): CaptureState =>
  new CaptureState(CAPTURES, [], { start: direct, fetchShipped: bytesOf, ...sources });
const file = (name: string, bytes: Uint8Array<ArrayBuffer>, size = bytes.length) => ({ name, size, arrayBuffer: async () => bytes.buffer });

describe('a capture that is opened', () => {
  it('lists its packets and shows one', async () => {
    const state = viewer();
    await state.openShipped('arp-tcp-http.pcap', 6);
    expect([state.phase.value, state.status]).toEqual(['ready', '14 packets']);
    expect(state.detail.value?.summary).toMatchObject({ number: 6, name: 'HTTP' });
    expect(state.view.view.rows.value.map(({ name }) => name)).toContain('Time to Live');
  });
  it('shows a reassembled datagram as a source of its own', async () => {
    const state = viewer();
    await state.openShipped('udp-fragments.pcap', 5);
    expect(state.view.sources.value.map(({ bytes }) => bytes.length)).toEqual([1082, 4028]);
    state.view.pick(1);
    expect(state.view.view.bytes.value).toHaveLength(4028);
  });
  it('is filtered, and says how many fit', async () => {
    const state = viewer();
    await state.openShipped('arp-tcp-http.pcap');
    state.setFilter({ protocol: 'ARP' });
    expect(state.status).toBe('2 of 14 packets fit the filter');
  });
  it('lets a stream be followed', async () => {
    const state = viewer();
    await state.openShipped('arp-tcp-http.pcap');
    state.follow(0);
    expect(state.followed.value?.messages.map(({ from }) => from)).toEqual(['client', 'server']);
    state.unfollow();
    expect(state.followed.value).toBeUndefined();
  });
});

describe('a file of the learner’s own', () => {
  it('takes the place of the shipped one', async () => {
    const state = viewer();
    await state.openOwn(file('mine.pcap', await bytesOf('arp-tcp-http.pcap')));
    expect([state.ownFile.value, state.shipped.value, state.packets.value.length]).toEqual(['mine.pcap', undefined, 14]);
  });
  it.each([
    ['a text', new TextEncoder().encode('hello, I am no capture at all'), 'This is no capture'],
    ['an empty file', new Uint8Array(), 'The file is empty.'],
    ['a gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'Unpack it first'],
  ])('that is %s is refused, and says what to do', async (_what, bytes, words) => {
    const state = viewer();
    await state.openOwn(file('odd', bytes as Uint8Array<ArrayBuffer>));
    expect(state.phase.value).toBe('failed');
    expect(state.status).toContain(words);
  });
  it('that is cut short shows what is there, and says so', async () => {
    const state = viewer();
    const bytes = await bytesOf('arp-tcp-http.pcap');
    await state.openOwn(file('cut.pcap', bytes.slice(0, 400)));
    expect(state.phase.value).toBe('ready');
    expect(state.errors.value.map(({ code }) => code)).toEqual(['truncated']);
  });
  it('that came with others says so, until another is opened', async () => {
    const state = viewer();
    await state.openOwn(file('mine.pcap', await bytesOf('arp-tcp-http.pcap')), 2);
    expect(state.others.value).toBe(2);
    await state.openShipped('arp-tcp-http.pcap');
    expect(state.others.value).toBe(0);
  });
  it('that is far too large is not even read', async () => {
    const state = viewer();
    const huge = { name: 'huge.pcap', size: 3e9, arrayBuffer: vi.fn() };
    await state.openOwn(huge);
    expect(state.status).toContain('“huge.pcap” has 3,000 MB. Up to 100 MB are read here');
    expect(huge.arrayBuffer).not.toHaveBeenCalled();
  });
});

describe('while it is read', () => {
  /** A reader that answers when it is told to. */
  function slowly() {
    const service = new CaptureService();
    const asked: string[] = [];
    let answers: Generator<CaptureAnswer> | undefined;
    let tell: (answer: CaptureAnswer) => void = () => undefined;
    const start: CaptureSources['start'] = (onAnswer) => {
      tell = onAnswer;
      return {
        ask: (request) => {
          asked.push(request.kind === 'detail' ? `detail ${request.number}` : request.kind);
          if (request.kind === 'open') answers = service.answer(request);
        },
        close: () => undefined,
      };
    };
    const next = () => {
      const answer = answers?.next();
      if (answer && !answer.done) tell(answer.value);
    };
    return { start, asked, next };
  }

  it('says what is fetched or read before it knows how much there is', async () => {
    const { start, next } = slowly();
    const state = viewer({ start });
    const opening = state.openShipped('arp-tcp-http.pcap');
    expect(state.status).toBe('Fetching the capture…');
    await opening;
    await state.openOwn(file('mine.pcap', await bytesOf('arp-tcp-http.pcap')));
    expect(state.status).toBe('Reading “mine.pcap”…');
    next();
    expect(state.status).toBe('Reading: 14 of 14 packets…');
  });
  it('a packet can be chosen, and stays chosen when the rest is there', async () => {
    const { start, asked, next } = slowly();
    const state = viewer({ start });
    await state.openShipped('arp-tcp-http.pcap');
    next();
    void state.choose(6);
    next();
    expect([state.phase.value, state.chosenNumber.value]).toEqual(['ready', 6]);
    expect(asked.at(-1)).toBe('detail 6');
  });
});

describe('what comes late', () => {
  it('about an older capture is dropped', async () => {
    let give: (bytes: Uint8Array) => void = () => undefined;
    const slow = new Promise<Uint8Array>((resolve) => {
      give = resolve;
    });
    const state = viewer({ fetchShipped: (name) => (name === 'tcp-retransmission.pcap' ? slow : bytesOf(name)) });
    const first = state.openShipped('tcp-retransmission.pcap');
    await state.openShipped('arp-tcp-http.pcap');
    give(await bytesOf('tcp-retransmission.pcap'));
    await first;
    expect([state.shipped.value?.file, state.packets.value.length]).toEqual(['arp-tcp-http.pcap', 14]);
  });
  it('never, if the server is away: the message says what still works', async () => {
    const state = viewer({ fetchShipped: () => Promise.reject(new Error('offline')) });
    await state.openShipped('arp-tcp-http.pcap');
    expect(state.phase.value).toBe('failed');
    expect(state.status).toContain('a file of your own needs no connection');
  });
});

describe('before the packets are shown', () => {
  it('the lines that came with the page stay while the capture is fetched, and one can be chosen', async () => {
    const lines = [...new CaptureService().answer({ kind: 'open', bytes: await bytesOf('arp-tcp-http.pcap') })].flatMap((answer) =>
      answer.kind === 'read' ? answer.lines : [],
    );
    const state = new CaptureState(CAPTURES, lines, { start: direct, fetchShipped: bytesOf });
    state.reveal();
    expect([state.phase.value, state.packets.value.length, state.chosenNumber.value]).toEqual(['reading', 14, 1]);
    void state.choose(6);
    await vi.waitFor(() => expect(state.detail.value?.summary.number).toBe(6));
    expect(state.packets.value.length).toBe(14);
  });
  it('a guess is asked for; then the first packet is opened', async () => {
    const state = viewer();
    expect(state.phase.value).toBe('asking');
    state.reveal(4);
    await vi.waitFor(() => expect(state.detail.value?.summary.number).toBe(1));
    expect(state.guess.value).toBe(4);
  });
});
