import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../hex.fixture.ts';
import { joined } from '../reading.ts';
import { MAX_CHUNK_LINE_BYTES } from './chunks.ts';
import { encodeChunk, encodeHead, encodeLastChunk } from './encode.ts';
import { charsOf } from './head.ts';
import { type OracleMessage, readRequestsWithNode, readResponseWithNode } from './node-oracle.fixture.ts';
import { type HttpMessage, HttpReader, type HttpReaderOptions, MAX_HEAD_BYTES } from './reader.ts';

type Options = Partial<HttpReaderOptions>;

/** All messages of a stream that comes in pieces and then ends. */
function readPieces(pieces: readonly Uint8Array[], options: Options = {}): readonly HttpMessage[] {
  const reader = new HttpReader({ from: 'client', ...options });
  const messages: HttpMessage[] = [];
  for (const piece of pieces) {
    reader.append(piece);
    for (let event = reader.next(); event.kind === 'message'; event = reader.next()) messages.push(event.message);
  }
  const last = reader.end();
  return last ? [...messages, last] : messages;
}
const read = (text: string, options: Options = {}): readonly HttpMessage[] => readPieces([utf8(text)], options);
const answer = (text: string, method = 'GET'): readonly HttpMessage[] => read(text, { from: 'server', methodOf: () => method });

/** A message as the oracle says it. */
function told({ head: { start, fields }, body, trailers }: HttpMessage): OracleMessage {
  const raw = (list: typeof fields): readonly string[] => list.flatMap(({ name, value }) => [name.text, value.text]);
  const line = start?.kind === 'request' ? `${start.method.text} ${start.target.text}` : `${start?.status.text} ${start?.reason.text}`;
  return { start: line, fields: raw(fields), body: charsOf(body), trailers: raw(trailers) };
}
const bodies = (messages: readonly HttpMessage[]): readonly string[] => messages.map(({ body }) => charsOf(body));
const errors = (messages: readonly HttpMessage[]): readonly unknown[] => messages.flatMap(({ error }) => (error ? [error] : []));

const HOST = 'Host: x\r\n';
const GET = `GET / HTTP/1.1\r\n${HOST}\r\n`;
const CHUNKED = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`;

describe('a request', () => {
  it('is a line, fields, and nothing more if they promise no body (RFC 9112 §6.3)', () => {
    const [message] = read(`GET /chat?room=1 HTTP/1.1\r\nHost: chat.example\r\nAccept:\t*/* \r\n\r\n`);
    expect(message).toMatchObject({
      head: {
        start: { kind: 'request', method: { text: 'GET', at: 0, end: 3 }, target: { text: '/chat?room=1', at: 4, end: 16 } },
        fields: [
          { name: { text: 'Host' }, value: { text: 'chat.example' } },
          { name: { text: 'Accept' }, value: { text: '*/*', at: 55, end: 58 } },
        ],
      },
      framing: { kind: 'none' },
      at: 0,
      end: 63,
    });
  });

  it('may follow another in the same bytes, with empty lines before it (RFC 9112 §2.2, §9.3.2)', () => {
    expect(read(`${GET}\r\n\r\nHEAD /two HTTP/1.1\r\n${HOST}\r\n`).map((message) => told(message).start)).toEqual(['GET /', 'HEAD /two']);
  });

  it('may be the last, with an empty line behind it', () => {
    expect(errors(read(`${GET}\r\n`))).toEqual([]);
    expect(read(`${GET}\r\n`)).toHaveLength(1);
  });

  it('has a body of as many bytes as Content-Length says', () => {
    expect(bodies(read(`POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello${GET}`))).toEqual(['hello', '']);
  });

  it('may end its lines with LF alone (RFC 9112 §2.2)', () => {
    expect(read('GET / HTTP/1.0\nHost: x\n\n').map(told)).toEqual([{ start: 'GET /', fields: ['Host', 'x'], body: '', trailers: [] }]);
  });
});

describe('a response', () => {
  it.each([
    ['to HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 'HEAD'],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'GET'],
    ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', 'GET'],
    ['100', 'HTTP/1.1 100 Continue\r\n\r\n', 'POST'],
  ])('%s has no body, whatever its fields say (RFC 9112 §6.3)', (_, text, method) => {
    expect(answer(text, method)).toMatchObject([{ framing: { kind: 'none' } }]);
  });

  it.each([
    ['101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'GET'],
    ['to CONNECT', 'HTTP/1.1 200 OK\r\n\r\n', 'CONNECT'],
  ])('%s ends HTTP: what follows is handed over', (_, text, method) => {
    const reader = new HttpReader({ from: 'server', methodOf: () => method });
    reader.append(utf8(`${text}\x81\x02hi`));
    expect(reader.next()).toMatchObject({ kind: 'message', message: { framing: { kind: 'switch' } } });
    expect(reader.next()).toEqual({ kind: 'stopped' });
    expect(reader.takeRest()).toEqual(utf8('\x81\x02hi'));
  });

  it('without a length lasts until the connection closes', () => {
    expect(answer('HTTP/1.1 200 OK\r\n\r\nall of it')).toMatchObject([{ framing: { kind: 'until-close' }, body: utf8('all of it') }]);
  });

  it('may do without a reason, and its space', () => {
    expect(answer('HTTP/1.1 204\r\n\r\n').map((message) => told(message).start)).toEqual(['204 ']);
  });
});

describe('a body in chunks', () => {
  it('is joined; extensions and trailers are kept apart (RFC 9112 §7.1)', () => {
    const [message] = read(`${CHUNKED}5;a=b\r\nhello\r\n6 ; c\r\n world\r\n0\r\nDigest: x\r\n\r\n`);
    expect(message).toMatchObject({
      body: utf8('hello world'),
      chunks: [
        { size: { text: '5' }, extensions: { text: 'a=b' } },
        { size: { text: '6' }, extensions: { text: ' c' } },
        { size: { text: '0' } },
      ],
      trailers: [{ name: { text: 'Digest' }, value: { text: 'x' } }],
    });
  });

  it('is read as it is written', () => {
    const data = ['one', 'two', 'a'.repeat(300)];
    const head = encodeHead({
      startLine: 'POST / HTTP/1.1',
      fields: [
        ['Host', 'x'],
        ['Transfer-Encoding', 'chunked'],
      ],
    });
    const bytes = joined([head, ...data.map((text) => encodeChunk(utf8(text), ';x')), encodeLastChunk([['A', 'b']])]);
    expect(readPieces([bytes])).toMatchObject([{ body: utf8(data.join('')), trailers: [{ name: { text: 'A' } }], end: bytes.length }]);
  });

  it.each([
    ['a size that is no hex', 'x\r\n', 'bad-chunk-size'],
    ['a size with a sign', '+5\r\nhello\r\n', 'bad-chunk-size'],
    ['a size of fourteen digits', '00000000000005\r\nhello\r\n', 'bad-chunk-size'],
    ['a size line that ends with LF alone', '50\nhello\r\n0\r\n\r\n', 'bad-chunk-size'],
    ['a space behind the size', '5 \r\nhello\r\n', 'bad-chunk-size'],
    ['more data than its size', '5\r\nhello!\r\n', 'bad-chunk-end'],
    ['data that end with LF alone', '5\r\nhello\n0\r\n\r\n', 'bad-chunk-end'],
    ['data that end with CR alone', '5\r\nhello\r0\r\n\r\n', 'bad-chunk-end'],
    ['a very long extension', `5;${'x'.repeat(MAX_CHUNK_LINE_BYTES)}`, 'chunk-line-too-long'],
    ['a trailer that ends with LF alone', '0\r\nA: b\nC: d\r\n\r\n', 'bad-field-value'],
    ['a bad trailer', '0\r\na : b\r\n\r\n', 'space-before-colon'],
    ['no end', '5\r\nhel', 'truncated'],
  ])('is refused with %s', (_, body, code) => {
    expect(errors(read(CHUNKED + body))).toMatchObject([{ code }]);
  });
});

/** What Node’s server is lenient about, or says in its answer and not as an error of its parser. */
const NODE_TAKES = new Set(['bad-request-line', 'bad-version', 'bad-transfer-encoding']);

describe('what RFC 9112 calls invalid or risky is refused:', () => {
  it.each([
    ['a request line with two spaces', 'GET  / HTTP/1.1\r\n\r\n', 'bad-request-line', 0],
    ['a target with a space', 'GET /a b HTTP/1.1\r\n\r\n', 'bad-request-line', 0],
    ['no version', 'GET /\r\n\r\n', 'bad-request-line', 0],
    ['another version', 'GET / HTTP/2.0\r\n\r\n', 'bad-version', 6],
    ['a carriage return alone', `GET / HTTP/1.1\r\nA: b\rc\r\n\r\n`, 'bare-carriage-return', 20],
    ['a space before the first field', `GET / HTTP/1.1\r\n Host: x\r\n\r\n`, 'folded-line', 16],
    ['a folded line', `GET / HTTP/1.1\r\n${HOST} more\r\n\r\n`, 'folded-line', 25],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost : x\r\n\r\n`, 'space-before-colon', 20],
    ['a field without a colon', `GET / HTTP/1.1\r\nHost\r\n\r\n`, 'bad-field-name', 16],
    ['a name with a bracket', `GET / HTTP/1.1\r\nA(b): x\r\n\r\n`, 'bad-field-name', 16],
    ['no name', `GET / HTTP/1.1\r\n: x\r\n\r\n`, 'bad-field-name', 16],
    ['a NUL in a value', `GET / HTTP/1.1\r\nA: b\0\r\n\r\n`, 'bad-field-value', 20],
    ['both lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`, 'both-lengths', 64],
    ['two lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 'bad-content-length', 61],
    ['a length with a sign', `POST / HTTP/1.1\r\n${HOST}Content-Length: +5\r\n\r\n`, 'bad-content-length', 42],
    ['a length beyond all measure', `POST / HTTP/1.1\r\n${HOST}Content-Length: 99999999999999999999\r\n\r\n`, 'bad-content-length', 42],
    ['a coding that is not chunked', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\n`, 'bad-transfer-encoding', 45],
    ['chunked before another coding', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, gzip\r\n\r\n`, 'bad-transfer-encoding', 45],
    ['chunked twice', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, chunked\r\n\r\n`, 'bad-transfer-encoding', 45],
    ['chunks in HTTP/1.0', `POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n`, 'bad-transfer-encoding', 36],
  ])('%s', async (_, text, code, offset) => {
    expect(errors(read(`${text}${GET}`))).toEqual([{ code, offset }]);
    if (!NODE_TAKES.has(code)) expect((await readRequestsWithNode([utf8(text)])).error).toMatch(/^HPE_/);
  });

  it('a status line without a status', () => {
    expect(errors(answer('HTTP/1.1 OK\r\n\r\n'))).toEqual([{ code: 'bad-status-line', offset: 0 }]);
  });
});

describe('a limit', () => {
  it('ends a head that is too long', () => {
    const field = `X: ${'x'.repeat(MAX_HEAD_BYTES)}\r\n`;
    expect(read(`GET / HTTP/1.1\r\n${field}\r\n`)).toMatchObject([{ error: { code: 'head-too-big', offset: MAX_HEAD_BYTES } }]);
  });

  it('keeps the beginning of a body, and the reader reads on behind it', () => {
    const text = `POST / HTTP/1.1\r\n${HOST}Content-Length: 50\r\n\r\n${'x'.repeat(50)}${GET}`;
    expect(read(text, { maxBodyBytes: 20 })).toMatchObject([
      { body: utf8('x'.repeat(20)), isCut: true },
      { head: { start: { method: { text: 'GET' } } } },
    ]);
  });

  it('of a body in many small chunks holds for their framing too', () => {
    const text = CHUNKED + '1\r\nx\r\n'.repeat(50_000);
    const [message] = read(`${text}0\r\n\r\n`, { maxBodyBytes: 1000 });
    expect(message?.isCut).toBe(true);
    expect(message?.bytes.length).toBeLessThanOrEqual(MAX_HEAD_BYTES + 1000);
  });
});

const names = fc.constantFrom('Accept', 'X-Test', 'cookie', 'A');
const values = fc.string({ unit: fc.constantFrom(...'abc ;=,"/:-\t') }).map((text) => text.trim());
const extraFields = fc.array(fc.tuple(names, values), { maxLength: 3 });
const body = fc.oneof(
  fc.constant(undefined),
  fc.uint8Array({ maxLength: 40 }).map((data) => ({ kind: 'length', data }) as const),
  fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 3 }).map((data) => ({ kind: 'chunked', data }) as const),
);
const requests = fc
  .tuple(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), extraFields, body)
  .map(([method, extra, content]): Uint8Array => {
    const framing = content?.kind === 'length' ? [['Content-Length', String(content.data.length)] as const] : [];
    const coding = content?.kind === 'chunked' ? [['Transfer-Encoding', 'chunked'] as const] : [];
    const head = encodeHead({ startLine: `${method} /x HTTP/1.1`, fields: [['Host', 'x'], ...extra, ...framing, ...coding] });
    if (content?.kind === 'length') return joined([head, content.data]);
    return content ? joined([head, ...content.data.map((data) => encodeChunk(data)), encodeLastChunk([['T', 'u']])]) : head;
  });

/** The bytes, cut at these places. */
function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
}

describe('any stream', () => {
  it('means the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(requests, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 12 }), (list, places) => {
        const bytes = joined(list);
        const whole = readPieces([bytes]);
        expect(errors(whole)).toEqual([]);
        expect(readPieces(cutAt(bytes, places))).toEqual(whole);
        expect(readPieces(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
    );
  });

  it('of requests is what Node’s server reads', async () => {
    const property = fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 3 }), async (list) => {
      const theirs = await readRequestsWithNode([joined(list)]);
      expect(readPieces(list).map(told)).toEqual(theirs.messages);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'GET'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 'HEAD'],
    ['HTTP/1.1 200 Fine by me\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhi\r\n0\r\nA: b\r\n\r\n', 'GET'],
    ['HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nuntil the end', 'GET'],
    ['HTTP/1.0 304 Not Modified\r\nContent-Length: 5\r\n\r\n', 'GET'],
  ])('of a response is what Node’s client reads: %j to %s', async (text, method) => {
    const theirs = await readResponseWithNode([utf8(text)], method);
    expect(theirs.error).toBeUndefined();
    expect(answer(text, method).map(told)).toEqual(theirs.messages);
  });

  it('with bits flipped neither throws nor hangs, and accepts nothing that Node’s server refuses', async () => {
    const property = fc.asyncProperty(requests, fc.array(fc.nat(), { minLength: 1, maxLength: 2 }), async (request, flips) => {
      const bytes = request.slice();
      for (const flip of flips) bytes[(flip >> 3) % bytes.length] = (bytes[(flip >> 3) % bytes.length] ?? 0) ^ (1 << (flip & 7));
      const ours = readPieces([bytes]);
      const [first] = (await readRequestsWithNode([bytes])).messages;
      const [mine] = ours;
      if (first && mine && !mine.error) expect(told(mine).body).toBe(first.body);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('of any bytes neither throws nor hangs', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.constantFrom('client' as const, 'server' as const), (pieces, from) => {
        const total = readPieces(pieces, { from }).reduce((sum, message) => sum + message.bytes.length, 0);
        expect(total).toBeLessThanOrEqual(pieces.reduce((sum, { length }) => sum + length, 0));
      }),
    );
  });
});
