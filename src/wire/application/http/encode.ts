/** Heads and chunks of HTTP/1.1, written. Source: RFC 9112 §2.1 and §7.1. They write what they are given, also what a reader refuses. */

const utf8 = new TextEncoder();

export type HeadChoice = {
  /** `GET /chat HTTP/1.1`, `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** The head with its empty line. */
export const encodeHead = ({ startLine, fields }: HeadChoice): Uint8Array =>
  utf8.encode([startLine, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n'));

/** One chunk; `extensions` such as `;name=value`. Empty data would end the body: that is `encodeLastChunk`. */
export function encodeChunk(data: Uint8Array, extensions = ''): Uint8Array {
  const line = utf8.encode(`${data.length.toString(16)}${extensions}\r\n`);
  const chunk = new Uint8Array(line.length + data.length + 2);
  chunk.set(line);
  chunk.set(data, line.length);
  chunk.set([13, 10], line.length + data.length);
  return chunk;
}

/** The end of a chunked body, with the trailer fields. */
export const encodeLastChunk = (trailers: HeadChoice['fields'] = []): Uint8Array => encodeHead({ startLine: '0', fields: trailers });
