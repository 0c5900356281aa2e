import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../hex.fixture.ts';
import type { AppMessage, StreamSide } from '../conversation.ts';
import { DnsConversation } from './conversation.ts';

const QUERY = '1234010000010000000000000463686174076578616d706c650000010001';
const ANSWER = '1234818000010001000000000463686174076578616d706c650000010001c00c000100010000012c0004c6336414';
const sent = (message: string): string => `${(message.length / 2).toString(16).padStart(4, '0')}${message}`;

const told = (messages: readonly AppMessage[]): readonly string[] =>
  messages.map(({ from, at, packets, summary }) => `${from} ${at} ${packets.join()}: ${summary}`);

/** The messages of steps, each in a packet of its own, counted from 0. */
const talk = (...steps: readonly (readonly [StreamSide, string])[]): readonly AppMessage[] => {
  const conversation = new DnsConversation();
  const messages = steps.flatMap(([from, hex], packet) => conversation.push(from, fromHex(hex), packet));
  return [...messages, ...conversation.end('client'), ...conversation.end('server')];
};

describe('DNS over TCP', () => {
  it('is messages behind their lengths, several at once too (RFC 1035 §4.2.2)', () => {
    expect(told(talk(['client', sent(QUERY) + sent(QUERY)], ['server', sent(ANSWER)]))).toEqual([
      'client 0 0: question 0x1234: chat.example A',
      'client 32 0: question 0x1234: chat.example A',
      'server 0 1: answer 0x1234: chat.example A 198.51.100.20',
    ]);
  });
  it('has the length before the message’s own fields, each where it stands', () => {
    const [layer] = talk(['client', sent(QUERY)])[0]?.layers ?? [];
    expect(layer).toMatchObject({ protocol: 'dns', at: 0, end: 32, errors: [] });
    expect(layer?.fields.slice(0, 2)).toMatchObject([
      { wireshark: 'dns.length', value: 30, at: 0, bits: 16 },
      { wireshark: 'dns.id', value: 0x1234, at: 16, bits: 16 },
    ]);
  });
  it('in pieces cut anywhere is the same messages', () => {
    const whole = fromHex(sent(QUERY) + sent(ANSWER));
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 6 }), (cuts) => {
        const ends = [...cuts, whole.length].sort((a, b) => a - b);
        const conversation = new DnsConversation();
        const messages = ends.flatMap((end, index) => conversation.push('client', whole.subarray(ends[index - 1] ?? 0, end), index));
        expect(messages.map(({ bytes }) => toHex(bytes))).toEqual([sent(QUERY), sent(ANSWER)]);
      }),
    );
  });
  it('that ends inside a message is cut short', () => {
    const [message] = talk(['client', sent(QUERY).slice(0, 40)]);
    expect(message?.layers[0]?.errors).toMatchObject([{ code: 'truncated', offset: 20 }]);
  });
  it('is data behind bytes that were not captured', () => {
    const conversation = new DnsConversation();
    expect(told(conversation.skip('client'))).toEqual([]);
    const messages = conversation.push('client', fromHex(sent(QUERY)), 7);
    expect(messages).toMatchObject([{ packets: [7], summary: '32 bytes', layers: [{ protocol: 'data' }] }]);
  });
});
