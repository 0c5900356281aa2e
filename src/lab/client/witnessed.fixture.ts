/** A plain Socket.IO server, and a client of it on a link with both witnesses on it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { Link } from '#lab/link/link.ts';
import { Seen } from '#lab/seen.fixture.ts';
import type { ClientRecord } from '#trace/records.ts';
import { witnessEmits } from './emit-witness.ts';
import { engineWitness } from './engine-witness.ts';

export type Witnessed = {
  readonly server: Server;
  readonly link: Link;
  readonly socket: Socket;
  /** The records, a line each, without their times; sessions are called s1, s2, … */
  readonly seen: Seen<string>;
  /** The lines that begin with one of these words. */
  of(...kinds: readonly ClientRecord[0][]): readonly string[];
  /** Connects, and resolves when the client is connected. */
  connect(): Promise<unknown>;
  close(): Promise<void>;
};

/** Writes records as lines. */
function scribe(): (record: ClientRecord) => string {
  const sessions: string[] = [];
  return ([kind, , ...rest]) => {
    if (kind === 'opened') sessions.push(String(rest[0]));
    const words = rest.map((word) => {
      const session = sessions.indexOf(String(word));
      return session < 0 ? String(word) : `s${session + 1}`;
    });
    return [kind, ...words].join(' ');
  };
}

export async function witnessed(serve: (socket: ServerSocket) => void, pingInterval = 25_000): Promise<Witnessed> {
  const http = createServer();
  const server = new Server(http, { pingInterval, serveClient: false });
  server.on('connection', serve);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const link = new Link();
  const seen = new Seen<string>();
  const write = scribe();
  const log = { record: (record: ClientRecord) => seen.add(write(record)), now: () => 0 };
  const socket = io(url, { transports: link.transports(engineWitness(log)), forceNew: true, autoConnect: false, reconnectionDelay: 10 });
  witnessEmits(socket, log);
  return {
    server,
    link,
    socket,
    seen,
    of: (...kinds) => seen.entries.filter((line) => kinds.some((kind) => line.startsWith(`${kind} `))),
    connect() {
      const connected = next(socket, 'connect');
      socket.connect();
      return connected;
    },
    async close() {
      link.plug();
      socket.disconnect();
      await server.close();
    },
  };
}

/** Resolves with what comes with the next `event` of a socket. */
export const next = (socket: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => {
    socket.once(event, resolve);
  });
