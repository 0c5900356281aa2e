import { describe, expect, it } from 'vitest';
import { shortAddress, shortLab } from './log.ts';

describe('shortAddress', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::5:6', '2001:db8::/48'],
    ['2001::7', '2001::/48'],
    ['::1', '::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
  ])('leaves the end of %s out', (address, short) => {
    expect(shortAddress(address)).toBe(short);
  });
});

describe('shortLab', () => {
  it('keeps six characters of an id, too few to join its lab', () => {
    expect(shortLab('S8mHc0hLrF9Vz7G2gTtQbA')).toBe('S8mHc0');
  });
});
