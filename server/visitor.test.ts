import { describe, expect, it } from 'vitest';
import { createAddressOf } from './visitor.ts';

type Visitor = Parameters<ReturnType<typeof createAddressOf>>[0];

const visitor = (forwarded?: string): Visitor => ({
  handshake: {
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    address: '127.0.0.1',
    time: '',
    xdomain: false,
    secure: false,
    issued: 0,
    url: '',
    query: {},
    auth: {},
  },
});

describe('addressOf', () => {
  it('is the address of the connection when no proxy is trusted', () => {
    expect(createAddressOf(false)(visitor('203.0.113.7'))).toBe('127.0.0.1');
  });
  it('is what our own proxy added last, whatever the visitor wrote before it', () => {
    expect(createAddressOf(true)(visitor('10.9.9.9, 203.0.113.7'))).toBe('203.0.113.7');
  });
  it('is the address of the connection when the proxy says nothing, or nonsense', () => {
    for (const forwarded of [undefined, '', 'unknown', '1.2.3.4, <script>']) {
      expect(createAddressOf(true)(visitor(forwarded))).toBe('127.0.0.1');
    }
  });
});
