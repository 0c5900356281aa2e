import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatFields } from '../field.ts';
import { fromHex, toHex, utf8 } from '../hex.fixture.ts';
import { readHex } from './hex-text.ts';
import { MAX_PASTE_CHARACTERS, PASTE_HINTS, readPaste } from './paste.ts';

/** UDP 50000 → 9999, `hello`, with and without its frame. */
const PACKET = '450000210001400040114e79c000020ac6336414c350270f000de54f68656c6c6f';
const FRAME = `02000000000102000000000a0800${PACKET}`.padEnd(120, '0');
const DNS = '1234010000010000000000000463686174076578616d706c650000010001';

/** `websocket: websocket (websocket)`: what it begins with, and its layers, of each guess. */
function guesses(text: string): readonly string[] {
  const result = readPaste(text);
  if (!result.ok) return [result.code];
  return result.guesses.map(({ protocol, layers }) => {
    const names = layers.map((layer) => (layer.source ? `(${layer.protocol})` : layer.protocol));
    return `${protocol}: ${names.join(' ')}`;
  });
}

describe('hex is read', () => {
  it.each([
    ['plain', PACKET],
    ['with spaces', PACKET.replaceAll(/../g, '$& ')],
    ['with colons, in capitals', (PACKET.toUpperCase().match(/../g) ?? []).join(':')],
    ['as a C array', `{ ${(PACKET.match(/../g) ?? []).map((byte) => `0x${byte}`).join(', ')} };`],
    ['as a string of escapes', PACKET.replaceAll(/../g, '\\x$&')],
    ['in lines', PACKET.replaceAll(/.{20}/g, '$&\n')],
    [
      'from hexdump -C',
      [
        '00000000  45 00 00 21 00 01 40 00  40 11 4e 79 c0 00 02 0a  |E..!..@.@.Ny....|',
        "00000010  c6 33 64 14 c3 50 27 0f  00 0d e5 4f 68 65 6c 6c  |.3d..P'....Ohell|",
        '00000020  6f                                                |o|',
        '00000021',
      ].join('\n'),
    ],
    [
      'from xxd',
      [
        '00000000: 4500 0021 0001 4000 4011 4e79 c000 020a  E..!..@.@.Ny....',
        "00000010: c633 6414 c350 270f 000d e54f 6865 6c6c  .3d..P'....Ohell",
        '00000020: 6f                                       o',
      ].join('\n'),
    ],
    [
      'from tcpdump -X',
      [
        '\t0x0000:  4500 0021 0001 4000 4011 4e79 c000 020a  E..!..@.@.Ny....',
        "\t0x0010:  c633 6414 c350 270f 000d e54f 6865 6c6c  .3d..P'....Ohell",
        '\t0x0020:  6f                                       o',
      ].join('\n'),
    ],
    [
      'from Wireshark',
      [
        '0000   45 00 00 21 00 01 40 00 40 11 4e 79 c0 00 02 0a   E..!..@.@.Ny....',
        "0010   c6 33 64 14 c3 50 27 0f 00 0d e5 4f 68 65 6c 6c   .3d..P'....Ohell",
        '0020   6f                                                o',
      ].join('\n'),
    ],
  ])('%s', (_, text) => {
    const read = readHex(text);
    expect(read.ok && toHex(read.bytes)).toBe(PACKET);
  });

  it('with a column of characters that looks like hex, by its offsets', () => {
    const read = readHex('0000   61 62 63 64 61 62 63 64 61 62 63 64 61 62 63 64 abcdabcdabcdabcd\n0010   61 62   ab');
    expect(read.ok && toHex(read.bytes)).toBe(`${'61626364'.repeat(4)}6162`);
  });

  it('in lines of eight bytes too', () => {
    const read = readHex('0000  61 62 63 64 61 62 63 64  abcdabcd\n0008  61 62 63 64 61 62 63 64');
    expect(read.ok && toHex(read.bytes)).toBe('61626364'.repeat(4));
  });

  it('in any of these forms, whatever the bytes', () => {
    const forms = [' ', ':', ', ', '\n', ''];
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.constantFrom(...forms), (bytes, between) => {
        const read = readHex(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(between));
        expect(read).toEqual({ ok: true, bytes });
      }),
    );
  });
});

describe('the best guess', () => {
  it.each([
    ['42["chat","hi"]', 'engine.io: engine.io socket.io'],
    [' 40 ', 'engine.io: engine.io socket.io'],
    ['2', 'engine.io: engine.io'],
    ['3probe', 'engine.io: engine.io'],
    ['2["chat","hi"]', 'socket.io: socket.io'],
    ['42["a"]\u001e2', 'engine.io: engine.io socket.io engine.io'],
    ['34325b2263686174222c226869225d', 'engine.io: engine.io socket.io'],
    ['81026869', 'websocket: websocket'],
    ['81 82 37 fa 21 3d 5f 93', 'websocket: websocket (websocket)'],
    ['818237fa213d03ca', 'websocket: websocket (websocket) (engine.io) (socket.io)'],
    ['8900', 'websocket: websocket'],
    ['01026869', 'websocket: websocket'],
    ['8105 68', 'websocket: websocket'],
    ['810268698900', 'websocket: websocket websocket'],
    [FRAME, 'ethernet: ethernet ipv4 udp data'],
    [PACKET, 'ipv4: ipv4 udp data'],
    [PACKET.replace('4e79', '4e78'), 'ipv4: ipv4 udp data'],
    [DNS, 'dns: dns'],
    ['GET /chat HTTP/1.1\nHost: x', 'http: http'],
    ['HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'http: http'],
    [toHex(utf8('GET / HTTP/1.1\r\nHost: x\r\n\r\n')), 'http: http'],
    ['ffff', 'data: data'],
  ])('for %j is right', (text, guess) => {
    expect(guesses(text)[0]).toBe(guess);
  });

  it('for what is text and hex is the text; the bytes come after it', () => {
    expect(guesses('40')).toEqual(['engine.io: engine.io socket.io', 'data: data']);
  });

  it('says why', () => {
    const result = readPaste('81026869');
    expect(result.ok && result.guesses[0]).toMatchObject({ because: 'a WebSocket frame of a server', bytes: fromHex('81026869') });
  });
});

describe('what is nothing that is known', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['abc', 'half-a-byte'],
    ['8102 6869 7', 'half-a-byte'],
    ['hello', 'not-readable'],
    ['42["chat"', 'not-readable'],
    ['x'.repeat(MAX_PASTE_CHARACTERS + 1), 'too-long'],
  ] as const)('%.20j yields a code and a hint: %s', (text, code) => {
    expect(readPaste(text)).toEqual({ ok: false, code, hint: PASTE_HINTS[code] });
  });
});

it('any text is read without an exception, and every field lies inside its bytes', () => {
  const hex = fc.uint8Array({ maxLength: 80 }).map(toHex);
  const flipped = fc.tuple(fc.constantFrom(FRAME, PACKET, DNS, '818237fa213d03ca'), fc.nat()).map(([text, place]) => {
    const bytes = fromHex(text);
    bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ (1 << (place & 7));
    return toHex(bytes);
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef x:\n|["{},') }), hex, flipped), (text) => {
      const result = readPaste(text);
      for (const { bytes, decoded, layers } of result.ok ? result.guesses : []) {
        for (const layer of layers) {
          const { length } = layer.source ? (decoded ?? bytes) : bytes;
          for (const { at, bits } of flatFields(layer.fields)) expect(at + bits).toBeLessThanOrEqual(length * 8);
        }
      }
    }),
    { numRuns: 500 },
  );
});
