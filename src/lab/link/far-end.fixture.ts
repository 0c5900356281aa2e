/** Both ends of a link: a real WebSocket server that tells what it sees, and sockets dialled through the link. */
import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { Seen } from '#lab/seen.fixture.ts';
import type { Link } from './link.ts';
import type { LinkedSocket } from './linked-socket.ts';

export type FarEnd = {
  readonly url: string;
  /** `bo opens`, `bo says hello`, `bo closes`: who is the path of the address that was dialled. */
  readonly seen: Seen<string>;
  /** The latest connection of somebody. */
  of(who: string): WebSocket;
  close(): Promise<void>;
};

export async function farEnd(): Promise<FarEnd> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const seen = new Seen<string>();
  const sockets = new Map<string, WebSocket>();
  server.on('connection', (socket, request) => {
    const who = (request.url ?? '').slice(1);
    sockets.set(who, socket);
    socket.on('message', (data) => seen.add(`${who} says ${data}`));
    socket.on('close', () => seen.add(`${who} closes`));
    seen.add(`${who} opens`);
  });
  return {
    url,
    seen,
    of(who) {
      const socket = sockets.get(who);
      if (!socket) throw new Error(`${who} never came`);
      return socket;
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

export type NearEnd = {
  readonly socket: LinkedSocket;
  /** `open`, `got hello`, `error`, `close 1006`. */
  readonly seen: Seen<string>;
};

const textOf = (data: unknown): string => (data instanceof ArrayBuffer ? `bytes ${new Uint8Array(data).join(' ')}` : String(data));

/** Dials as an engine would: through the transport that a link makes for it. */
export function dial(link: Link, url: string): NearEnd {
  const [Transport] = link.transports({ engine: () => undefined, written: () => undefined });
  const socket = Transport?.prototype.createSocket(url);
  if (!socket) throw new Error('the link has no transport');
  const seen = new Seen<string>();
  socket.onopen = () => seen.add('open');
  socket.onmessage = ({ data }) => seen.add(`got ${textOf(data)}`);
  socket.onerror = () => seen.add('error');
  socket.onclose = ({ code }) => seen.add(`close ${code}`);
  return { socket, seen };
}

/** Dials, and resolves when the connection is open. */
export async function opened(link: Link, url: string): Promise<NearEnd> {
  const near = dial(link, url);
  await near.seen.has('open');
  return near;
}
