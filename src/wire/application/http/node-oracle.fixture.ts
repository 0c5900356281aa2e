/** What Node's own server and client read from a stream of HTTP: the outside judge of our reader. No socket is opened. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

export type OracleMessage = {
  /** `GET /chat`, `200 OK`. */
  readonly start: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
};
export type OracleRead = { readonly messages: readonly OracleMessage[]; readonly error?: string };

/** A connection whose other side sends the pieces and then, once they are read, ends. What is written to it goes nowhere. */
function connectionOf(pieces: readonly Uint8Array[]): Duplex {
  const left = pieces.map((piece) => Buffer.from(piece));
  return new Duplex({
    read() {
      const piece = left.shift();
      if (piece) this.push(piece);
      else setImmediate(() => this.push(null));
    },
    write: (_chunk, _encoding, done) => done(),
  });
}

async function messageOf(start: string, message: IncomingMessage): Promise<OracleMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { start, fields: message.rawHeaders, body: Buffer.concat(chunks).toString('latin1'), trailers: message.rawTrailers };
}

const codeOf = (error: unknown): string => String(error && typeof error === 'object' && 'code' in error ? error.code : error);

/** The requests that a server reads. */
export async function readRequestsWithNode(pieces: readonly Uint8Array[]): Promise<OracleRead> {
  const messages: Promise<OracleMessage>[] = [];
  let error: string | undefined;
  const server = createServer((incoming, response) => {
    messages.push(messageOf(`${incoming.method} ${incoming.url}`, incoming));
    incoming.on('end', () => response.end());
  });
  server.on('clientError', (reason) => {
    error = codeOf(reason);
    connection.destroy();
  });
  const connection = connectionOf(pieces);
  const closed = new Promise((resolve) => connection.once('close', resolve));
  server.emit('connection', connection as Socket);
  await closed;
  const read = await Promise.allSettled(messages);
  return { messages: read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), ...(error && { error }) };
}

/** The response that a client reads as the answer to a request with this method. */
export async function readResponseWithNode(pieces: readonly Uint8Array[], method: string): Promise<OracleRead> {
  const asked = request({ method, createConnection: () => connectionOf(pieces) as Socket });
  try {
    const answered = new Promise<IncomingMessage>((resolve, reject) => asked.once('response', resolve).once('error', reject));
    asked.on('error', () => {});
    asked.end();
    const incoming = await answered;
    return { messages: [await messageOf(`${incoming.statusCode} ${incoming.statusMessage}`, incoming)] };
  } catch (reason) {
    return { messages: [], error: codeOf(reason) };
  }
}
