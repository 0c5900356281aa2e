/**
 * The one file in which a bench's sockets are opened. Every address in it is that of the loopback interface, and a port is
 * always one that the system has just chosen: what is opened here reaches nothing outside this computer.
 */
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { type EventEmitter, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Endpoint } from '#trace/sockets/records.ts';

export type { DatagramSocket };

const LOOPBACK = '127.0.0.1';

export const endpoint = (port: number): Endpoint => ({ address: LOOPBACK, port });

// #region listen
/**
 * A listening socket: `listen` makes three system calls, socket, bind and listen.
 * Port 0: the system chooses one that is free.
 */
export function listen(onConnection: (accepted: Socket) => void): Server {
  const server = createServer({ allowHalfOpen: true }, onConnection);
  return server.listen({ host: LOOPBACK, port: 0 });
}
// #endregion listen

// #region connect
/** A socket that asks for a connection: socket, connect. The system chooses its own port. */
export function connectTo(port: number): Socket {
  return connect({ host: LOOPBACK, port, allowHalfOpen: true });
}
// #endregion connect

// #region bind
/** A datagram socket: socket, bind. It needs no connection to send, and none to receive. */
export function bind(): DatagramSocket {
  return createSocket('udp4').bind({ address: LOOPBACK, port: 0 });
}
// #endregion bind

/** A port on which a stream socket has waited just now, and waits no more. */
export async function freedPort(): Promise<number> {
  const server = listen((stranger) => stranger.destroy());
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * A datagram socket that keeps its port and takes nothing: it is connected to itself, so that what others send there finds
 * no socket. A port that was freed might be somebody else's by now, and would be sent what a learner wrote.
 */
export async function deafSocket(): Promise<DatagramSocket> {
  const socket = bind();
  await once(socket, 'listening');
  socket.connect(socket.address().port, LOOPBACK);
  await once(socket, 'connect');
  return socket;
}

/** The port on which a server listens; 0 before it does. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Whether `event` comes before an error, and before the end of the socket. */
export function comes(socket: EventEmitter, event: string): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once(event, () => resolve(true));
    for (const end of ['error', 'close'].filter((name) => name !== event)) socket.once(end, () => resolve(false));
  });
}

const STATE = 'state symbol';
const read = (holder: unknown, key: PropertyKey): unknown => (typeof holder === 'object' && holder ? Reflect.get(holder, key) : undefined);

/**
 * The number under which this process holds a socket; none where the system has none (Windows), and once the socket is
 * closed. Node's documented interface does not tell it, its handles do.
 */
export function descriptorOf(socket: Socket | Server | DatagramSocket): { readonly fd?: number } {
  const state = Object.getOwnPropertySymbols(socket).find(({ description }) => description === STATE);
  const handle = state ? read(read(socket, state), 'handle') : read(socket, '_handle');
  const fd = read(handle, 'fd');
  return typeof fd === 'number' && fd >= 0 ? { fd } : {};
}
