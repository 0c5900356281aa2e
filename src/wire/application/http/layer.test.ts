import { describe, expect, it } from 'vitest';
import { dissect, errorsOf } from '../../dissect.ts';
import { editField, type Field, flatFields } from '../../field.ts';
import { utf8 } from '../../hex.fixture.ts';

/** As Node’s `http` client wrote it, but for the names. */
const REQUEST = 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 198.51.100.20:3000\r\nUser-Agent: node\r\nX-Own: 1\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nok';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhi\r\n0\r\nA: b\r\n\r\n';

const fieldsIn = (text: string): readonly Field[] => flatFields(dissect(utf8(text), 'http').layers.flatMap(({ fields }) => fields));
const named = (text: string): readonly string[] =>
  fieldsIn(text).flatMap(({ wireshark, text: value }) => (wireshark ? [`${wireshark} ${value}`] : []));

describe('the fields of HTTP', () => {
  it('of a request have the names and values that Wireshark has for them', () => {
    expect(named(REQUEST)).toEqual([
      'http.request.method GET',
      'http.request.uri /socket.io/?EIO=4&transport=polling',
      'http.request.uri.path /socket.io/',
      'http.request.uri.query EIO=4&transport=polling',
      'http.request.version HTTP/1.1',
      'http.request.line Host: 198.51.100.20:3000',
      'http.host 198.51.100.20:3000',
      'http.request.line User-Agent: node',
      'http.user_agent node',
      'http.request.line X-Own: 1',
    ]);
  });

  it('of a response too', () => {
    expect(named(ANSWER)).toEqual([
      'http.response.version HTTP/1.1',
      'http.response.code 200',
      'http.response.phrase OK',
      'http.response.line Content-Length: 2',
      'http.content_length_header 2',
      'http.response.line Set-Cookie: a',
      'http.set_cookie a',
      'http.response.line Set-Cookie: b',
      'http.set_cookie b',
      'http.file_data ok',
    ]);
  });

  it('of a body in chunks show each chunk and the trailers', () => {
    expect(named(CHUNKED).slice(5)).toEqual([
      'http.chunk_size 2',
      'http.chunk_data 6869',
      'http.chunk_size 0',
      'http.chunked_trailer_part A: b',
    ]);
  });

  it('have ids of their own, also where a name stands twice', () => {
    const [layer] = dissect(utf8(ANSWER), 'http').layers;
    expect(layer?.fields.map(({ id }) => id)).toEqual(['statusLine', 'content-length', 'set-cookie', 'set-cookie2', 'body']);
  });

  it.each([REQUEST, ANSWER, CHUNKED])('stand at their bytes: what each says is written there', (text) => {
    const bytes = utf8(text);
    for (const field of fieldsIn(text)) {
      const edited = editField(bytes, field, field.text);
      expect(edited).toEqual({ ok: true, bytes });
    }
  });
});

describe('a message of HTTP as a layer', () => {
  it('ends its head where the body begins, and is followed by the next message', () => {
    const layers = dissect(utf8(ANSWER + ANSWER), 'http').layers.map(({ protocol, at, headEnd, end }) => [protocol, at, headEnd, end]);
    const length = ANSWER.length;
    expect(layers).toEqual([
      ['http', 0, length - 2, length],
      ['http', length, 2 * length - 2, 2 * length],
    ]);
  });

  it('shows what it could read of a broken head, and the error', () => {
    const { layers } = dissect(utf8('GET / HTTP/1.1\r\nHost: x\r\nBad : y\r\n\r\n'), 'http');
    expect(named('GET / HTTP/1.1\r\nHost: x\r\nBad : y\r\n\r\n')).toContain('http.host x');
    expect(layers[0]).toMatchObject({ errors: [{ code: 'space-before-colon', offset: 28 }] });
    expect(layers[0]).not.toHaveProperty('header');
  });

  it.each([
    ['without Host', 'GET / HTTP/1.1\r\n\r\n', [{ code: 'bad-host', offset: 0 }]],
    ['with Host twice', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', [{ code: 'bad-host', offset: 31 }]],
    ['of HTTP/1.0, which knows none', 'GET / HTTP/1.0\r\n\r\n', []],
  ])('is read %s, and the error noted (RFC 9112 §3.2)', (_, text, errors) => {
    expect(errorsOf(dissect(utf8(text), 'http'))).toEqual(errors);
    expect(named(text)[0]).toBe('http.request.method GET');
  });

  it.each([REQUEST, ANSWER, CHUNKED])('that is cut short says so, wherever it is cut', (text) => {
    const bytes = utf8(text);
    for (let end = 1; end < bytes.length; end += 1) {
      const dissection = dissect(bytes.subarray(0, end), 'http');
      expect(errorsOf(dissection)).toMatchObject([{ code: 'truncated', offset: end }]);
      for (const { at, bits } of flatFields(dissection.layers.flatMap(({ fields }) => fields)))
        expect(at + bits).toBeLessThanOrEqual(end * 8);
    }
  });
});
