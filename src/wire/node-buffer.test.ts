/** A Buffer of Node is a Uint8Array whose `slice` makes no copy: nothing here may write into what such a slice is. */
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from './application/websocket/frame.ts';
import { dissect } from './dissect.ts';
import { editField } from './field.ts';
import { fromHex, toHex } from './hex.fixture.ts';
import { fragmentIpv4, fragmentIpv6 } from './network/fragmentation.ts';
import { encodeIpv4 } from './network/ipv4.ts';
import { encodeIpv6 } from './network/ipv6.ts';
import { EXAMPLES } from './network/packets.fixture.ts';
import { Reassembler } from './network/reassembly.ts';

const LONG = new Uint8Array(2000).fill(7);
const IPV4 = Buffer.from(encodeIpv4({ source: '192.0.2.10', destination: '198.51.100.20', protocol: 17, identification: 5 }, LONG));
const IPV6 = Buffer.from(encodeIpv6({ source: '2001:db8::a', destination: '2001:db8::b', nextHeader: 17 }, LONG));

describe('a Buffer of Node', () => {
  it.each(EXAMPLES.map((example, number) => ({ ...example, name: `${number}, ${example.first}` })))(
    'is dissected like other bytes, and stays as it is: packet $name',
    ({ first, bytes }) => {
      const buffer = Buffer.from(bytes);
      expect(dissect(buffer, first)).toEqual(dissect(bytes, first));
      expect(toHex(buffer)).toBe(toHex(bytes));
    },
  );
  it('is not changed by an edit of a field', () => {
    const buffer = Buffer.from('0102', 'hex');
    const edited = editField(buffer, { kind: 'number', at: 0, bits: 8 }, '9');
    expect([edited.ok && toHex(edited.bytes), toHex(buffer)]).toEqual(['0902', '0102']);
  });
  it('is not changed by its division, nor are the pieces that wait by what is done to it later', () => {
    const [before, before6] = [toHex(IPV4), toHex(IPV6)];
    const divided = fragmentIpv4(IPV4, 576);
    fragmentIpv6(IPV6, { mtu: 1280, identification: 1 });
    expect([toHex(IPV4), toHex(IPV6)]).toEqual([before, before6]);
    const reassembler = new Reassembler<null>();
    const outcomes = (divided.ok ? divided.fragments : []).map((fragment) => {
      const buffer = Buffer.from(fragment);
      const outcome = reassembler.add(buffer, { tag: null, nowMs: 0 });
      buffer.fill(0);
      return outcome;
    });
    const last = outcomes.at(-1);
    expect(last?.kind === 'whole' && toHex(last.datagram)).toBe(before);
  });
  it('is not what the payload of a frame is read from it lies in', () => {
    const buffer = Buffer.from(encodeFrame({ fin: true, opcode: 'binary', payload: fromHex('010203') }));
    const read = decodeFrame(buffer, 0, { from: 'server', maxPayloadBytes: 10 });
    buffer.fill(0);
    expect(read.ok && toHex(read.frame.payload)).toBe('010203');
  });
});
