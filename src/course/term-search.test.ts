import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTerms, fold, searchable } from './term-search.ts';

const term = (name: string, { also = [], text = '' }: { also?: readonly string[]; text?: string } = {}) => ({
  name,
  ...searchable([name, ...also], text),
});

const TERMS = [
  term('Acknowledgement', { also: ['ACK'], text: 'An answer that says: I have it.' }),
  term('Black hole', { text: 'Packets go in, and nothing comes back.' }),
  term('Heartbeat', { also: ['ping', 'pong'], text: 'A round-trip question at regular times.' }),
  term('Packet', { text: 'What IP carries. A bare ACK is one too.' }),
  term('Ping timeout', { text: 'The heartbeat has failed.' }),
  term('Socket.IO', { text: 'A library and a protocol.' }),
  term('TCP', { text: 'An ordered stream of bytes.' }),
  term('TCP/IP', { text: 'A suite of protocols.' }),
];
const found = (query: string) => findTerms(query, TERMS).map(({ name }) => name);

describe('folding', () => {
  it('keeps letters and digits, and remembers where words begin', () => {
    expect(fold('Sec-WebSocket_Key: 13')).toEqual({ letters: 'secwebsocketkey13', starts: [0, 3, 12, 15] });
  });
  it('drops accents and case', () => {
    expect(fold('Café ÉCHO')).toEqual({ letters: 'cafeecho', starts: [0, 4] });
    expect(fold('İ').letters).toBe('i');
  });
});

describe('a search for terms', () => {
  it('finds all of them, in their order, for an empty query', () => {
    expect(found('')).toEqual(TERMS.map(({ name }) => name));
    expect(found('  ')).toHaveLength(TERMS.length);
  });
  it('finds a term by another name first, then those that speak of it', () => {
    expect(found('ack')).toEqual(['Acknowledgement', 'Packet']);
    expect(found('ping')).toEqual(['Heartbeat', 'Ping timeout']);
  });
  it('puts what is called so before what begins so, then what has it in its name, then what speaks of it', () => {
    const named = ['Not TCP', 'TCP/IP', 'TCP'].map((name) => term(name));
    const terms = [term('Segment', { text: 'A unit of TCP.' }), ...named];
    expect(findTerms('tcp', terms).map(({ name }) => name)).toEqual(['TCP', 'TCP/IP', 'Not TCP', 'Segment']);
  });
  it('matches beginnings of words, not their middles', () => {
    expect(found('ack')).not.toContain('Black hole');
    expect(found('hol')).toEqual(['Black hole']);
  });
  it.each(['tcpip', 'TCP IP', 'tcp-ip', 'Tcp/Ip', ' TCP/IP '])('finds TCP/IP by %j', (query) => {
    expect(found(query)).toEqual(['TCP/IP']);
  });
  it.each(['socketio', 'socket.io', 'SOCKET IO', 'sócket'])('finds Socket.IO by %j', (query) => {
    expect(found(query)).toEqual(['Socket.IO']);
  });
  it('reads a plural as its singular, in a name and in a text', () => {
    expect(found('acks')).toEqual(['Acknowledgement', 'Packet']);
    expect(found('Black holes')).toEqual(['Black hole']);
  });
  it('finds words of a text that are written with a hyphen or as one', () => {
    expect(found('roundtrip')).toEqual(['Heartbeat']);
    expect(found('round trip')).toEqual(['Heartbeat']);
    expect(found('heart beat')).toEqual(['Heartbeat', 'Ping timeout']);
  });
  it('finds a term whose name and text have all the words, in any order', () => {
    expect(found('failed timeout')).toEqual(['Ping timeout']);
    expect(found('failed room')).toEqual([]);
  });
  it('looks for a single letter in names alone', () => {
    expect(found('i')).toEqual(['Socket.IO', 'TCP/IP']);
  });
  it('finds nothing by signs without a letter or digit', () => {
    expect(found('?!')).toEqual([]);
  });
  it('finds a term by every beginning of its name, in whatever case and with whatever between the letters', () => {
    const query = fc
      .record({
        name: fc.constantFrom(...TERMS.map((one) => one.name)),
        length: fc.nat(20),
        sign: fc.constantFrom('', '-', '/'),
        upper: fc.boolean(),
      })
      .map(({ name, length, sign, upper }) => {
        const typed = [...fold(name).letters.slice(0, length + 1)].join(sign);
        return { name, typed: upper ? typed.toUpperCase() : typed };
      });
    fc.assert(fc.property(query, ({ name, typed }) => found(typed).includes(name)));
  });
  it('finds each term at most once, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const names = found(query);
        return new Set(names).size === names.length;
      }),
    );
  });
});
