import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin.ts';

const from = (origin: string | undefined, host: string | undefined) =>
  isOwnOrigin({ headers: { ...(origin !== undefined && { origin }), ...(host !== undefined && { host }) } });

describe('isOwnOrigin', () => {
  it.each([
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['https://wire.example', 'wire.example'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('lets in %s on %s', (origin, host) => {
    expect(from(origin, host)).toBe(true);
  });
  it('lets in a program that is no browser, which sends no Origin', () => {
    expect(from(undefined, '127.0.0.1:3000')).toBe(true);
  });
  it.each([
    ['another site', 'https://evil.example', '127.0.0.1:3000'],
    ['another port', 'http://127.0.0.1:4000', '127.0.0.1:3000'],
    ['another name of the same machine', 'http://localhost:3000', '127.0.0.1:3000'],
    ['a name that begins alike', 'http://wire.example.evil.example', 'wire.example'],
    ['a sandboxed page or a file', 'null', '127.0.0.1:3000'],
    ['nonsense', '::::', '127.0.0.1:3000'],
    ['nothing', '', '127.0.0.1:3000'],
  ])('refuses %s', (_what, origin, host) => {
    expect(from(origin, host)).toBe(false);
  });
  it('refuses an Origin when no Host is named', () => {
    expect(from('http://127.0.0.1:3000', undefined)).toBe(false);
  });
});
