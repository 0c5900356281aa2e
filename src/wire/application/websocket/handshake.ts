/** The opening handshake: a request of HTTP, and the answer that proves it was read. Source: RFC 6455 §4.1 and §4.2. */
import { type HttpField, type HttpHead, listOf, valuesOf } from '../http/head.ts';
import { sha1 } from './sha1.ts';

/** Appended to the key before it is hashed. Source: RFC 6455 §1.3. */
const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';
/** The base64 of 16 bytes. Source: RFC 6455 §4.1, item 7. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** What the server answers to a `Sec-WebSocket-Key`: the base64 of the SHA-1 of key and GUID. Source: RFC 6455 §4.2.2, item 5.4. */
export const acceptKeyOf = (key: string): string => btoa(String.fromCharCode(...sha1(new TextEncoder().encode(key + HANDSHAKE_GUID))));

/** What can be wrong with a handshake, in words. */
export const HANDSHAKE_FAULTS = {
  'not-get': 'The request is no GET of HTTP/1.1.',
  'no-host': 'The request has no Host, or more than one.',
  'no-upgrade': 'Upgrade does not name websocket.',
  'no-connection-upgrade': 'Connection does not say Upgrade.',
  'bad-key': 'Sec-WebSocket-Key is not the base64 of 16 bytes.',
  'bad-version': 'Sec-WebSocket-Version is not 13.',
  'not-101': 'The answer is not 101.',
  'bad-accept': 'Sec-WebSocket-Accept does not answer the key.',
} as const;

export type HandshakeFault = keyof typeof HANDSHAKE_FAULTS;

const isOne = (fields: readonly HttpField[], name: string): boolean => valuesOf(fields, name).length === 1;

/** What a request or an answer has in common: both name the protocol, and say that the connection changes. */
const upgradeFaults = (fields: readonly HttpField[]): readonly HandshakeFault[] => [
  ...(listOf(fields, 'upgrade').includes('websocket') ? [] : (['no-upgrade'] as const)),
  ...(listOf(fields, 'connection').includes('upgrade') ? [] : (['no-connection-upgrade'] as const)),
];

/** What a server finds wrong with a request for a WebSocket; nothing if it may answer 101. Source: RFC 6455 §4.2.1. */
export function requestFaults({ start, fields }: HttpHead): readonly HandshakeFault[] {
  const [key] = valuesOf(fields, 'sec-websocket-key');
  const [version] = valuesOf(fields, 'sec-websocket-version');
  return [
    ...(start?.kind === 'request' && start.method.text === 'GET' && start.version.text !== 'HTTP/1.0' ? [] : (['not-get'] as const)),
    ...(isOne(fields, 'host') ? [] : (['no-host'] as const)),
    ...upgradeFaults(fields),
    ...(isOne(fields, 'sec-websocket-key') && KEY.test(key?.text ?? '') ? [] : (['bad-key'] as const)),
    ...(version?.text === VERSION ? [] : (['bad-version'] as const)),
  ];
}

/** What a client finds wrong with the answer to its key; nothing if the WebSocket is open. Source: RFC 6455 §4.1. */
export function answerFaults({ start, fields }: HttpHead, key: string): readonly HandshakeFault[] {
  const [accept] = valuesOf(fields, 'sec-websocket-accept');
  return [
    ...(start?.kind === 'response' && start.status.text === '101' ? [] : (['not-101'] as const)),
    ...upgradeFaults(fields),
    ...(accept?.text === acceptKeyOf(key) ? [] : (['bad-accept'] as const)),
  ];
}

/** Whether the answer agrees on permessage-deflate, after which messages may be compressed. Source: RFC 7692 §5. */
export const agreesOnDeflate = (fields: readonly HttpField[]): boolean =>
  listOf(fields, 'sec-websocket-extensions').some((extension) => extension.split(';')[0]?.trim() === 'permessage-deflate');
