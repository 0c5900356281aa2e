import { describe, expect, it } from 'vitest';
import { dissect } from '#wire/dissect.ts';
import { fromHex } from '#wire/hex.fixture.ts';
import { holdsByte, ownersOf, placeOf, rowsOf } from './field-rows.ts';

const HELLO = fromHex(
  '02000000000102000000000a0800450000210001400040114e79c000020ac6336414c350270f000de54f68656c6c6f00000000000000000000000000',
);
const rows = rowsOf(dissect(HELLO).layers);
const named = (name: string) => rows.find((row) => row.name === name);

describe('the rows of a packet', () => {
  it('are its layers, each followed by its fields and their parts', () => {
    expect(rows.filter(({ depth }) => depth === 0).map(({ name, meaning }) => [name, meaning])).toEqual([
      ['Ethernet II', '14 bytes of header around 46 bytes'],
      ['Internet Protocol Version 4', '20 bytes of header around 13 bytes'],
      ['User Datagram Protocol', '8 bytes of header around 5 bytes'],
      ['Data', '5 bytes'],
    ]);
    expect(named('Don’t Fragment')).toMatchObject({ depth: 2, text: 'set' });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
  it('say what a wrong checksum ought to be', () => {
    const broken = HELLO.slice();
    broken[22] = 63;
    const row = rowsOf(dissect(broken).layers).find(({ name }) => name === 'Header Checksum');
    expect(row?.problem).toBe('ought to be 0x4f79');
  });
});

describe('the owner of a byte', () => {
  const owners = ownersOf(rows, HELLO.length);
  it('is the deepest field that stands in it first', () => {
    expect([0, 14, 20, 21, 22, 26, 40, 42, 47, 59].map((byte) => owners[byte]?.name)).toEqual([
      'Destination',
      'Version',
      'Reserved',
      'Fragment Offset',
      'Time to Live',
      'Source Address',
      'Checksum',
      'Data',
      'Padding',
      'Padding',
    ]);
  });
  it('holds that byte', () => {
    owners.forEach((row, byte) => {
      expect(row && holdsByte(row, byte)).toBe(true);
    });
  });
});

it('says in words where a field stands', () => {
  expect(placeOf({ at: 176, bits: 8 })).toBe('byte 22');
  expect(placeOf({ at: 208, bits: 32 })).toBe('bytes 26 to 29');
  expect(placeOf({ at: 161, bits: 1 })).toBe('bit 1 of byte 20');
  expect(placeOf({ at: 163, bits: 13 })).toBe('bits 3 to 15 of bytes 20 to 21');
});
