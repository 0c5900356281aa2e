/** What the first bytes of a connection tell: HTTP/1, or something else. */
import { charsOf } from './http/head.ts';

/** The methods with which a connection of HTTP begins; later ones may be any. Source: RFC 9110 §9.1, RFC 5789 (PATCH). */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'].map((method) => `${method} `);
const BEGINNINGS = { client: METHODS, server: ['HTTP/1.'] } as const;
const LONGEST = Math.max(...METHODS.map(({ length }) => length));

export function isHttp(bytes: Uint8Array, from: 'client' | 'server'): 'yes' | 'no' | 'not-yet-known' {
  const text = charsOf(bytes.subarray(0, LONGEST));
  if (BEGINNINGS[from].some((beginning) => text.startsWith(beginning))) return 'yes';
  return BEGINNINGS[from].some((beginning) => beginning.startsWith(text)) ? 'not-yet-known' : 'no';
}
