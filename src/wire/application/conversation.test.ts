/** What both sides of a connection say, read from its bytes. Over 400 lines: every protocol that a connection may change to is tried with the same few helpers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatFields } from '../field.ts';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { carriedIn } from './capture-streams.fixture.ts';
import { type AppMessage, Conversation, MAX_WAITING_BYTES, type StreamSide } from './conversation.ts';
import { encodeChunk, encodeLastChunk } from './http/encode.ts';
import { joined } from './reading.ts';
import { encodeFrame, type Frame } from './websocket/frame.ts';

const KEY = fromHex('37fa213d');
const client = (payload: string, more: Partial<Frame> = {}): Uint8Array =>
  encodeFrame({ fin: true, opcode: 'text', maskKey: KEY, payload: utf8(payload), ...more });
const server = (payload: string, more: Partial<Frame> = {}): Uint8Array =>
  encodeFrame({ fin: true, opcode: 'text', payload: utf8(payload), ...more });

const HANDSHAKE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
].join('');
const ACCEPTED = [
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
].join('');
const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const SLOW = 60_000;
const MANY = 130_000;

type Step = readonly [from: StreamSide, bytes: string | Uint8Array];
const bytesOf = (bytes: string | Uint8Array): Uint8Array => (typeof bytes === 'string' ? utf8(bytes) : bytes);

/** The messages of a conversation, each step in a packet of its own, counted from 0; both sides end at last. */
function talk(...steps: readonly Step[]): readonly AppMessage[] {
  const conversation = new Conversation();
  const messages = steps.flatMap(([from, bytes], packet) => conversation.push(from, bytesOf(bytes), packet));
  return [...messages, ...conversation.end('client', steps.length), ...conversation.end('server', steps.length)];
}

/** `client 0,1: GET / [http]`. */
const told = (messages: readonly AppMessage[]): readonly string[] =>
  messages.map(({ from, packets, summary, layers }) => {
    const names = layers.map(({ protocol, source }) => (source ? `(${protocol})` : protocol));
    return `${from} ${packets.join()}: ${summary} [${names.join(' ')}]`;
  });
const errorsIn = (messages: readonly AppMessage[]): readonly string[] =>
  messages.flatMap(({ layers }) => layers.flatMap(({ errors }) => errors.map(({ code }) => code)));

describe('HTTP', () => {
  it('is requests and answers, one message each, with the packets that carried them', () => {
    const [one, two] = [get('/chat').slice(0, 9), get('/chat').slice(9)];
    expect(told(talk(['client', one], ['client', two], ['server', OK.slice(0, -1)], ['server', 'k']))).toEqual([
      'client 0,1: GET /chat [http]',
      'server 2,3: 200 OK [http]',
    ]);
  });

  it('pairs answers with requests that were sent without waiting: only the answer to HEAD has no body', () => {
    const head = 'HEAD /b HTTP/1.1\r\nHost: x\r\n\r\n';
    const answers = `${OK}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${OK}`;
    expect(talk(['client', get('/a') + head + get('/c')], ['server', answers]).map(({ bytes }) => bytes.length)).toEqual([
      get('/a').length,
      head.length,
      get('/c').length,
      OK.length,
      OK.length - 2,
      OK.length,
    ]);
  });

  it('leaves a request open while answers are only interim (RFC 9110 §15.2)', () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
    const head = 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n';
    expect(told(talk(['client', head], ['server', `${interim}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${OK}`])).slice(1)).toEqual([
      'server 1: 100 Continue [http]',
      'server 1: 200 OK [http]',
      'server 1: 200 OK [http]',
    ]);
  });

  it('pairs on where a request was answered before its body had come', () => {
    const post = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n';
    const tooLarge = 'HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n';
    const head = 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n';
    const steps: readonly Step[] = [
      ['client', `${post}bo`],
      ['server', tooLarge],
      ['client', `dy${head}`],
      ['server', `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${OK}`],
    ];
    expect(told(talk(...steps))).toEqual([
      'server 1: 413 Content Too Large [http]',
      'client 0,2: POST / [http]',
      'client 2: HEAD / [http]',
      'server 3: 200 OK [http]',
      'server 3: 200 OK [http]',
    ]);
  });

  it('gives a body in chunks bytes of its own', () => {
    const chunks = joined([
      utf8('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
      encodeChunk(utf8('hel')),
      encodeChunk(utf8('lo')),
      encodeLastChunk(),
    ]);
    const answer = talk(['client', get('/')], ['server', chunks])[1];
    expect(answer?.decoded).toEqual(utf8('hello'));
    expect(answer?.layers.map(({ protocol, source, end }) => [protocol, source, end])).toEqual([
      ['http', undefined, chunks.length],
      ['data', 'decoded', 5],
    ]);
  });

  it('ends a body without a length when the server closes, with the packet that says so', () => {
    expect(told(talk(['client', get('/')], ['server', 'HTTP/1.1 200 OK\r\n\r\nall']))[1]).toBe('server 1,2: 200 OK [http]');
  });

  it('reads the packets in the bodies of polls, and not the `ok` that answers a post', () => {
    const poll = '/socket.io/?EIO=4&transport=polling';
    const post = `POST ${poll} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n40`;
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n42["a"]\u001e2\u001e6';
    expect(told(talk(['client', post + get(poll)], ['server', OK + answer])).map((line) => line.replace(/.*\[/, '['))).toEqual([
      '[http engine.io socket.io]',
      '[http]',
      '[http]',
      '[http engine.io socket.io engine.io engine.io]',
    ]);
  });

  it('that breaks shows where, and the rest is data', () => {
    const messages = talk(['client', `${get('/')}GET / HTTP/1.1\r\nA : b\r\n\r\n${get('/')}`], ['client', 'more']);
    expect(told(messages)).toEqual([
      'client 0: GET / [http]',
      'client 0: GET / [http]',
      `client 0: ${get('/').length} bytes [data]`,
      'client 1: 4 bytes [data]',
    ]);
    expect(errorsIn(messages)).toEqual(['space-before-colon']);
  });
});

describe('a WebSocket', () => {
  it('begins with the answer 101; its frames are messages, and Engine.IO is read in them', () => {
    const steps: readonly Step[] = [
      ['client', HANDSHAKE],
      ['server', joined([utf8(ACCEPTED), server('0{"sid":"x"}')])],
      ['client', client('40')],
      ['server', server('42["chat","hi"]')],
    ];
    expect(told(talk(...steps))).toEqual([
      'client 0: GET /socket.io/?EIO=4&transport=websocket [http]',
      'server 1: 101 Switching Protocols [http]',
      'server 1: 0{"sid":"x"} [websocket engine.io]',
      'client 2: 40 [websocket (websocket) (engine.io) (socket.io)]',
      'server 3: 42["chat","hi"] [websocket engine.io socket.io]',
    ]);
  });

  it('is read on the client’s side too, where its frames came before the answer was captured', () => {
    expect(told(talk(['client', joined([utf8(HANDSHAKE), client('40')])], ['server', ACCEPTED])).at(-1)).toBe(
      'client 0: 40 [websocket (websocket) (engine.io) (socket.io)]',
    );
  });

  it('is read however many frames one piece holds: more than a call takes arguments', { timeout: SLOW }, () => {
    const ping = server('', { opcode: 'ping' });
    const many = joined(Array<Uint8Array>(MANY).fill(ping));
    expect(talk(['client', HANDSHAKE], ['server', ACCEPTED], ['server', many]).length).toBe(2 + MANY);
  });

  it('does not begin with the rest of a request that was not read whole', () => {
    expect(told(talk(['client', HANDSHAKE.slice(0, -20)], ['server', ACCEPTED], ['client', client('hi')]))).toEqual([
      'server 1: 101 Switching Protocols [http]',
      expect.stringMatching(/^client 0: \d+ bytes \[data\]$/),
      'client 2: 8 bytes [data]',
    ]);
  });

  it('joins the fragments of a message, with control frames between them', () => {
    const fragments = [server('42["a', { fin: false }), server('', { opcode: 'ping' }), server('"]', { opcode: 'continuation' })];
    const messages = talk(['client', HANDSHAKE], ['server', ACCEPTED], ...fragments.map((bytes): Step => ['server', bytes]));
    expect(told(messages).slice(2)).toEqual([
      'server 3: Ping [websocket]',
      'server 2,4: 42["a"] [websocket websocket (websocket) (engine.io) (socket.io)]',
    ]);
    expect(messages.at(-1)?.bytes).toEqual(joined([fragments[0] ?? KEY, fragments[2] ?? KEY]));
  });

  it('counts off attachments', () => {
    const event = client('451-["bin",{"_placeholder":true,"num":0}]');
    const bytes = client('', { opcode: 'binary', payload: fromHex('01020304') });
    const last = talk(['client', HANDSHAKE], ['server', ACCEPTED], ['client', event], ['client', bytes]).at(-1);
    expect(last?.layers.at(-1)).toMatchObject({ protocol: 'socket.io', fields: [{ id: 'attachment', value: '01020304' }] });
  });

  it('of another path carries messages of its own program', () => {
    const handshake = HANDSHAKE.replace('/socket.io/?EIO=4&transport=websocket', '/own');
    expect(told(talk(['client', handshake], ['server', ACCEPTED], ['server', server('42["a"]')])).at(-1)).toBe(
      'server 2: 42["a"] [websocket]',
    );
  });

  it('whose answer does not fit its key is read, and the error noted (RFC 6455 §4.1)', () => {
    const messages = talk(['client', HANDSHAKE], ['server', ACCEPTED.replace('s3pP', 'xxxx')], ['server', server('2')]);
    expect(errorsIn(messages)).toEqual(['bad-accept']);
    const accept = flatFields(messages[1]?.layers[0]?.fields ?? []).find(({ wireshark }) => wireshark === 'http.sec_websocket_accept');
    expect(accept?.check).toEqual({ isGood: false, expected: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' });
  });

  it('that was refused leaves HTTP as it was', () => {
    const refused = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
    expect(told(talk(['client', HANDSHAKE + get('/')], ['server', refused + OK])).map((line) => line.replace(/ \[.*/, ''))).toEqual([
      'client 0: GET /socket.io/?EIO=4&transport=websocket',
      'server 1: 400 Bad Request',
      'server 1: 200 OK',
      'client 0: GET /',
    ]);
  });

  it('may carry compressed messages, where that was agreed', () => {
    const accepted = ACCEPTED.replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n');
    const compressed = server('', { isCompressed: true, payload: fromHex('f248cdc9c90700') });
    const messages = talk(['client', HANDSHAKE], ['server', accepted], ['server', compressed]);
    expect(told(messages).at(-1)).toBe('server 2: Compressed, 7 bytes [websocket]');
    expect(errorsIn(messages)).toEqual([]);
  });

  it('ends with its close frame; what follows is data', () => {
    const close = server('', { opcode: 'close', payload: fromHex('03e8') });
    expect(told(talk(['client', HANDSHAKE], ['server', ACCEPTED], ['server', joined([close, utf8('late')])])).slice(2)).toEqual([
      'server 2: Close 1000 normal closure [websocket]',
      'server 2: 4 bytes [data]',
    ]);
  });

  it.each([
    ['a reserved opcode', fromHex('8300'), 'reserved-opcode'],
    ['a masked frame of the server', client('2'), 'masked-server-frame'],
    ['text that is not UTF-8', fromHex('8102c328'), 'invalid-utf8'],
    ['a frame that never ends', fromHex('8105'), 'truncated'],
  ])('that breaks with %s shows it, and the rest is data', (_, bytes, code) => {
    const messages = talk(['client', HANDSHAKE], ['server', ACCEPTED], ['server', server('2')], ['server', bytes]);
    expect(errorsIn(messages)).toEqual([code]);
    expect(messages.at(-1)).toMatchObject({ bytes, packets: [3] });
  });
});

describe('what is no HTTP', () => {
  it('is data, packet by packet', () => {
    expect(told(talk(['client', 'hello'], ['server', fromHex('160303')], ['client', 'GET / HTTP/1.1']))).toEqual([
      'client 0: 5 bytes [data]',
      'server 1: 3 bytes [data]',
      'client 2: 14 bytes [data]',
    ]);
  });

  it('is known once its first bytes can be no method', () => {
    expect(told(talk(['client', 'P'], ['client', 'ING']))).toEqual(['client 0,1: 4 bytes [data]']);
  });

  it('is what follows an answer to CONNECT', () => {
    const connect = 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n';
    expect(told(talk(['client', connect], ['server', 'HTTP/1.1 200 OK\r\n\r\n'], ['client', fromHex('1603')]))).toEqual([
      'client 0: CONNECT x:443 [http]',
      'server 1: 200 OK [http]',
      'client 2: 2 bytes [data]',
    ]);
  });
});

describe('a stretch that was not captured', () => {
  it('breaks the message it stands in off, and what follows is data', () => {
    const conversation = new Conversation();
    conversation.push('client', utf8(get('/')), 0);
    conversation.push('server', utf8(OK.slice(0, -2)), 1);
    expect(told(conversation.skip('server', 1460))).toEqual(['server 1: 200 OK (1460 bytes missing) [http]']);
    expect(told(conversation.push('server', utf8('ok'), 2))).toEqual(['server 2: 2 bytes [data]']);
    expect(told(conversation.push('client', utf8(get('/two')), 3))).toEqual(['client 3: GET /two [http]']);
  });

  it('between two messages leaves nothing unfinished', () => {
    const conversation = new Conversation();
    conversation.push('client', utf8(get('/')), 0);
    expect(conversation.skip('client', 10)).toEqual([]);
    expect(conversation.end('client', 1)).toEqual([]);
  });
});

it('what a client sends before the answer to its handshake waits, up to a limit', () => {
  const conversation = new Conversation();
  conversation.push('client', utf8(HANDSHAKE), 0);
  const piece = new Uint8Array(MAX_WAITING_BYTES / 2);
  expect(conversation.push('client', piece, 1)).toEqual([]);
  expect(conversation.push('client', piece, 2)).toEqual([]);
  expect(told(conversation.push('client', piece, 3))).toEqual([`client 1,2,3: ${piece.length * 3} bytes [data]`]);
});

describe('the session of Socket.IO that was captured', () => {
  const carried = carriedIn('socket-io-chat.pcap', 3000);
  const read = (pieces: typeof carried): readonly AppMessage[] => {
    const conversations = new Map<string, Conversation>();
    return pieces.flatMap(({ connection, from, bytes, packet, isLast }) => {
      const conversation = conversations.get(connection) ?? new Conversation();
      conversations.set(connection, conversation);
      return [...conversation.push(from, bytes, packet), ...(isLast ? conversation.end(from, packet) : [])];
    });
  };

  it('reads as tshark 4.0.17 reads it, packet for packet, and inside the frames further', () => {
    const lines = told(read(carried)).map((line) =>
      line
        .replace(/&(sid|t)=[^& ]+/g, '')
        .replace(/x{20,}/g, 'x…')
        .slice(0, 120),
    );
    expect(lines).toEqual([
      'client 6: GET /socket.io/?EIO=4&transport=polling [http]',
      'server 8: 200 OK [http engine.io]',
      'client 22: POST /socket.io/?EIO=4&transport=polling [http engine.io socket.io]',
      'client 24: GET /socket.io/?EIO=4&transport=websocket [http]',
      'client 26: GET /socket.io/?EIO=4&transport=polling [http]',
      'server 28: 200 OK [http]',
      'server 33: 101 Switching Protocols [http]',
      'server 35: 200 OK [http engine.io socket.io]',
      'client 38: 2probe [websocket (websocket) (engine.io)]',
      'server 41: 3probe [websocket engine.io]',
      'client 42: 5 [websocket (websocket) (engine.io)]',
      'client 44: 420["chat message","hello over Socket.IO"] [websocket (websocket) (engine.io) (socket.io)]',
      'server 46: 42["chat message","hello over Socket.IO"] [websocket engine.io socket.io]',
      'server 47: 430["received"] [websocket engine.io socket.io]',
      'client 49: 421["chat message","x…… [websocket (websocket) (engine.io) (socket.io)]',
      'server 50: 42["chat message","x…… [websocket engine.io socket.io]',
      'server 51: 431["received"] [websocket engine.io socket.io]',
      'client 53: 41 [websocket (websocket) (engine.io) (socket.io)]',
      'client 54: Close [websocket]',
      'server 56: Close [websocket]',
    ]);
    expect(errorsIn(read(carried))).toEqual([]);
  });

  it('reads the same with every packet cut into single bytes, and has every byte in one message', () => {
    const cut = carried.flatMap((piece) => [
      ...Array.from(piece.bytes, (byte) => ({ ...piece, bytes: Uint8Array.of(byte), isLast: false })),
      { ...piece, bytes: new Uint8Array() },
    ]);
    expect(read(cut)).toEqual(read(carried));
    const total = read(carried).reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(total).toBe(carried.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });
});

describe('any conversation', () => {
  const payload = fc.string({ unit: 'grapheme', maxLength: 20 });
  const good: readonly Step[] = [
    ['client', HANDSHAKE],
    ['server', joined([utf8(ACCEPTED), server('0{"sid":"x"}')])],
    ['client', joined([client('40'), client('42["a","€"]')])],
    ['server', joined([server('42["a', { fin: false }), server('', { opcode: 'ping' }), server('"]', { opcode: 'continuation' })])],
    ['client', client('', { opcode: 'close', payload: fromHex('03e9627965') })],
  ];
  const bare = (messages: readonly AppMessage[]): unknown => messages.map(({ packets: _, ...message }) => message);

  it('means the same wherever its packets are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 20 }), (cuts) => {
        const steps = good.flatMap(([from, bytes]): Step[] => {
          const whole = bytesOf(bytes);
          const places = [0, ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b), whole.length];
          return places.slice(1).map((place, index) => [from, whole.subarray(places[index], place)]);
        });
        expect(bare(talk(...steps))).toEqual(bare(talk(...good)));
      }),
    );
  });

  const sides = fc.constantFrom<StreamSide>('client', 'server');
  const noise = fc.array(
    fc.tuple(
      sides,
      fc.oneof(
        fc.uint8Array({ maxLength: 30 }),
        payload.map((text) => client(text)),
        fc.constantFrom(HANDSHAKE, ACCEPTED, OK, get('/')).map(utf8),
      ),
    ),
  );

  it('of noise, of flipped bits and gaps is read to its end, and no byte is told twice', () => {
    const flips = fc.array(fc.nat(), { maxLength: 4 });
    fc.assert(
      fc.property(noise, flips, fc.option(fc.nat(5)), (more, places, gap) => {
        const steps = [...good, ...more].map(([from, bytes]): [StreamSide, Uint8Array] => [from, bytesOf(bytes).slice()]);
        for (const place of places) {
          const [, bytes] = steps[place % steps.length] ?? ['client', new Uint8Array()];
          if (bytes.length > 0) bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ (1 << (place & 7));
        }
        const conversation = new Conversation();
        const messages = steps.flatMap(([from, bytes], packet) => [
          ...(packet === gap ? conversation.skip(from, 1) : []),
          ...conversation.push(from, bytes, packet),
        ]);
        messages.push(...conversation.end('client', 99), ...conversation.end('server', 99));
        const sent = steps.reduce((sum, [, bytes]) => sum + bytes.length, 0);
        expect(messages.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(sent);
        for (const { bytes, decoded, layers } of messages) {
          for (const layer of layers) {
            const source = layer.source ? (decoded ?? new Uint8Array()) : bytes;
            for (const { at, bits } of flatFields(layer.fields)) expect(at + bits).toBeLessThanOrEqual(source.length * 8);
          }
        }
        expect(toHex(messages[0]?.bytes ?? new Uint8Array()).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
