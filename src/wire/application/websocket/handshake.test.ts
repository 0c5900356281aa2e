import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../hex.fixture.ts';
import { readHead } from '../http/head.ts';
import { acceptKeyOf, agreesOnDeflate, answerFaults, requestFaults } from './handshake.ts';
import { sha1 } from './sha1.ts';

describe('SHA-1', () => {
  it.each([
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
    ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
  ])('of %.10j… is the digest that FIPS 180 prints', (text, digest) => {
    expect(toHex(sha1(utf8(text)))).toBe(digest);
  });

  it('of any bytes is what OpenSSL computes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('hex'));
      }),
    );
  });
});

describe('the answer to a key', () => {
  it.each([
    ['dGhlIHNhbXBsZSBub25jZQ==', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
    ['x3JJHMbDL1EzLkh9GBhXDw==', 'HSmrc0sMlYUkAGmm5OPpG2HaGWk='],
    ['AQIDBAUGBwgJCgsMDQ4PEA==', 'C/0nmHhBztSRGR1CwL6Tf4ZjwpY='],
    ['CtNGoR0H8E/Y7pdrUmWyZA==', 'grSFCtavXuQVJYgZgsnI97ZdXMk='],
  ])('%s is %s (RFC 6455 §1.3, RFC 6455 §4.2.2)', (key, accept) => {
    expect(acceptKeyOf(key)).toBe(accept);
  });
});

const REQUEST = [
  'GET /chat HTTP/1.1',
  'Host: server.example',
  'Upgrade: websocket',
  'Connection: keep-alive, Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];
const ANSWER = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
];
const headOf = (lines: readonly string[], from: 'client' | 'server') => readHead(utf8(`${lines.join('\r\n')}\r\n\r\n`), from);

describe('a handshake', () => {
  it('of RFC 6455 §1.2 has no faults', () => {
    expect(requestFaults(headOf(REQUEST, 'client'))).toEqual([]);
    expect(answerFaults(headOf(ANSWER, 'server'), 'dGhlIHNhbXBsZSBub25jZQ==')).toEqual([]);
  });

  it.each([
    [0, 'POST /chat HTTP/1.1', 'not-get'],
    [0, 'GET /chat HTTP/1.0', 'not-get'],
    [1, 'X: y', 'no-host'],
    [2, 'Upgrade: h2c', 'no-upgrade'],
    [3, 'Connection: close', 'no-connection-upgrade'],
    [4, 'Sec-WebSocket-Key: short', 'bad-key'],
    [5, 'Sec-WebSocket-Version: 8', 'bad-version'],
  ])('whose line %i is %j is refused: %s', (index, line, fault) => {
    expect(requestFaults(headOf(REQUEST.with(index, line), 'client'))).toEqual([fault]);
  });

  it.each([
    [0, 'HTTP/1.1 200 OK', 'not-101'],
    [1, 'X: y', 'no-upgrade'],
    [2, 'X: y', 'no-connection-upgrade'],
    [3, 'Sec-WebSocket-Accept: x', 'bad-accept'],
  ])('whose answer’s line %i is %j is refused: %s', (index, line, fault) => {
    expect(answerFaults(headOf(ANSWER.with(index, line), 'server'), 'dGhlIHNhbXBsZSBub25jZQ==')).toEqual([fault]);
  });

  it.each([
    ['permessage-deflate; client_max_window_bits=15', true],
    ['x-other, permessage-deflate', true],
    ['x-permessage-deflate', false],
  ])('with the extension %s agrees on compression: %s', (extension, agrees) => {
    const { fields } = headOf([...ANSWER, `Sec-WebSocket-Extensions: ${extension}`], 'server');
    expect(agreesOnDeflate(fields)).toBe(agrees);
  });
});
