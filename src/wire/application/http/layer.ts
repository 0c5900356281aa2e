/** A message of HTTP/1.1 as fields: every line, every chunk, where it stands. */
import { type Field, type FieldFacts, fieldAt } from '../../field.ts';
import type { Decoded, LayerOf, Span } from '../../layer.ts';
import type { WireError } from '../../wire-error.ts';
import { countBytes } from '../reading.ts';
import { scanUtf8 } from '../websocket/utf8.ts';
import type { Chunk } from './chunks.ts';
import { type HttpField, listOf, type RequestLine, type StartLine, type StatusLine, valuesOf, type Word } from './head.ts';
import { type HttpMessage, HttpReader } from './reader.ts';
import { statusMeaning } from './status.ts';

export type HttpHeader = { readonly start: StartLine; readonly fields: readonly HttpField[] };
export type HttpLayer = LayerOf<'http', HttpHeader>;

const TITLE = 'Hypertext Transfer Protocol';

/** The fields that Wireshark knows by a name of their own. */
const WIRESHARK: ReadonlyMap<string, string> = new Map([
  ...[
    ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'cache-control', 'connection', 'content-encoding', 'content-type'],
    ...['cookie', 'date', 'host', 'last-modified', 'location', 'proxy-authenticate', 'proxy-authorization', 'referer'],
    ...['sec-websocket-accept', 'sec-websocket-extensions', 'sec-websocket-key', 'sec-websocket-protocol', 'sec-websocket-version'],
    ...['server', 'set-cookie', 'transfer-encoding', 'upgrade', 'user-agent', 'www-authenticate', 'x-forwarded-for'],
  ].map((name) => [name, `http.${name.replaceAll('-', '_')}`] as const),
  ['content-length', 'http.content_length_header'],
]);

/** Turns words, which count from the beginning of the message, into fields of the bytes that hold it. */
type Place = { readonly bytes: Uint8Array; readonly at: number };

const bitsOf = ({ at }: Place, word: { readonly at: number; readonly end: number }) => ({
  at: (at + word.at) * 8,
  bits: (word.end - word.at) * 8,
});
const textField = (place: Place, word: Word, facts: Omit<FieldFacts, 'kind'>): Field =>
  fieldAt(place.bytes, bitsOf(place, word), { ...facts, kind: 'text' });

/** From the first word to the end of the last. */
const across = (first: Word, last: Word) => ({ text: '', at: first.at, end: last.end });

/** Path and query of a target. Source: RFC 9112 §3.2.1. */
function targetParts(place: Place, target: Word): readonly Field[] {
  const mark = target.text.indexOf('?');
  if (!target.text.startsWith('/') || mark === -1) return [];
  const path = { ...target, end: target.at + mark };
  const query = { ...target, at: target.at + mark + 1 };
  return [
    textField(place, path, { id: 'path', name: 'Path', wireshark: 'http.request.uri.path' }),
    textField(place, query, { id: 'query', name: 'Query', wireshark: 'http.request.uri.query' }),
  ];
}

function requestFields(place: Place, { method, target, version }: RequestLine): Field {
  const parts = [
    textField(place, method, { id: 'method', name: 'Method', wireshark: 'http.request.method' }),
    textField(place, target, { id: 'target', name: 'Target', wireshark: 'http.request.uri', parts: targetParts(place, target) }),
    textField(place, version, { id: 'version', name: 'Version', wireshark: 'http.request.version' }),
  ];
  return textField(place, across(method, version), { id: 'requestLine', name: 'Request Line', parts });
}

function statusFields(place: Place, { version, status, reason }: StatusLine): Field {
  const meaning = statusMeaning(status.text);
  const code = { id: 'status', name: 'Status Code', wireshark: 'http.response.code', ...(meaning && { meaning }) };
  const parts = [
    textField(place, version, { id: 'version', name: 'Version', wireshark: 'http.response.version' }),
    textField(place, status, code),
    ...(reason.text === '' ? [] : [textField(place, reason, { id: 'reason', name: 'Reason Phrase', wireshark: 'http.response.phrase' })]),
  ];
  return textField(place, across(version, reason), { id: 'statusLine', name: 'Status Line', parts });
}

const startField = (place: Place, start: StartLine): Field =>
  start.kind === 'request' ? requestFields(place, start) : statusFields(place, start);

/** `host`; the second of a name is `host2`. */
function idsOf(fields: readonly HttpField[]): readonly string[] {
  const seen = new Map<string, number>();
  return fields.map(({ name }) => {
    const id = name.text.toLowerCase();
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return nth === 1 ? id : `${id}${nth}`;
  });
}

/** The lines of fields; `wireshark` is what a whole line is called. */
function lineFields(place: Place, fields: readonly HttpField[], wireshark: string): readonly Field[] {
  const ids = idsOf(fields);
  return fields.map(({ name, value }, index) => {
    const known = WIRESHARK.get(name.text.toLowerCase());
    const parts = [
      textField(place, name, { id: 'name', name: 'Name' }),
      textField(place, value, { id: 'value', name: 'Value', ...(known && { wireshark: known }) }),
    ];
    return textField(place, across(name, value), { id: ids[index] ?? '', name: name.text, wireshark, parts });
  });
}

function chunkField(place: Place, { size, extensions, dataAt, dataEnd }: Chunk, index: number, end: number): Field {
  const length = dataEnd - dataAt;
  const until = Math.min(dataEnd, end);
  const meaning = length === 0 ? 'the last chunk' : countBytes(length);
  const parts = [
    textField(place, size, { id: 'size', name: 'Chunk Size', wireshark: 'http.chunk_size', meaning }),
    ...(extensions ? [textField(place, extensions, { id: 'extensions', name: 'Chunk Extensions' })] : []),
    ...(until > dataAt
      ? [
          fieldAt(place.bytes, bitsOf(place, { at: dataAt, end: until }), {
            id: 'data',
            name: 'Chunk Data',
            kind: 'bytes',
            wireshark: 'http.chunk_data',
          }),
        ]
      : []),
  ];
  const where = bitsOf(place, { at: size.at, end: Math.max(until, size.end) });
  return fieldAt(place.bytes, where, { id: `chunk${index + 1}`, name: `Chunk ${index + 1}`, kind: 'bytes', meaning, parts });
}

/** Whether the bytes are text, as far as they go: a character may be cut at their end. */
const isText = (bytes: Uint8Array): boolean => scanUtf8(bytes).ok && !bytes.includes(0);

/** The body, in one piece or in chunks, and the trailers behind it. */
function bodyFields(place: Place, { head, framing, bytes, chunks, trailers, isCut }: HttpMessage): readonly Field[] {
  const end = bytes.length;
  if (framing.kind === 'chunked') {
    const shown = chunks.filter(({ size }) => size.end <= end);
    const listed = shown.map((chunk, index) => chunkField(place, chunk, index, end));
    return [...listed, ...(isCut ? [] : lineFields(place, trailers, 'http.chunked_trailer_part'))];
  }
  if (end <= head.end || framing.kind === 'none') return [];
  const kind = isText(bytes.subarray(head.end)) ? 'text' : 'bytes';
  const meaning = isCut ? 'its beginning: the rest is not kept' : countBytes(end - head.end);
  const facts = { id: 'body', name: 'Body', kind, wireshark: 'http.file_data', meaning } as const;
  return [fieldAt(place.bytes, bitsOf(place, { at: head.end, end }), facts)];
}

/** HTTP/1.1 asks for exactly one Host; a message without it can be read all the same. Source: RFC 9112 §3.2. */
function hostError({ start, fields }: HttpMessage['head']): WireError | undefined {
  if (start?.kind !== 'request') return undefined;
  const [host, another] = valuesOf(fields, 'host');
  const isMissing = !host && start.version.text !== 'HTTP/1.0';
  return another || isMissing ? { code: 'bad-host', offset: another?.at ?? start.method.at } : undefined;
}

/** The message as a layer; it begins at byte `at` of `bytes`. */
export function httpLayer(message: HttpMessage, bytes: Uint8Array = message.bytes, at = 0): HttpLayer {
  const { head, error } = message;
  const place: Place = { bytes, at };
  const noted = error ?? hostError(head);
  const wireshark = head.start?.kind === 'response' ? 'http.response.line' : 'http.request.line';
  return {
    protocol: 'http',
    title: TITLE,
    level: 'application',
    at,
    headEnd: at + Math.min(head.end, message.bytes.length),
    end: at + message.bytes.length,
    fields: [
      ...(head.start ? [startField(place, head.start)] : []),
      ...lineFields(place, head.fields, wireshark),
      ...bodyFields(place, message),
    ],
    errors: noted ? [{ code: noted.code, offset: at + noted.offset }] : [],
    ...(head.start && !head.error && { header: { start: head.start, fields: head.fields } }),
  };
}

/** Reads one message by itself: without its request, the answer to HEAD is read as if a body followed. */
export function decodeHttp(bytes: Uint8Array, { at, end }: Span): Decoded<HttpLayer> {
  const from = bytes[at] === 0x48 && bytes[at + 4] === 0x2f ? 'server' : 'client';
  const reader = new HttpReader({ from, maxBodyBytes: end - at });
  reader.append(bytes.subarray(at, end));
  const event = reader.next();
  const message = event.kind === 'message' ? event.message : reader.end();
  if (!message) {
    return {
      layer: {
        protocol: 'http',
        title: TITLE,
        level: 'application',
        at,
        headEnd: end,
        end,
        fields: [],
        errors: [{ code: 'truncated', offset: end }],
      },
    };
  }
  const layer = httpLayer(message, bytes, at);
  const isOver = message.error !== undefined || message.framing.kind === 'switch' || layer.end === end;
  return { layer, next: { protocol: isOver ? 'data' : 'http', at: layer.end, end } };
}

/** Whether a message asks for, or agrees to, another protocol by name. Source: RFC 9110 §7.8. */
export const upgradesTo = (fields: readonly HttpField[], protocol: string): boolean => listOf(fields, 'upgrade').includes(protocol);
