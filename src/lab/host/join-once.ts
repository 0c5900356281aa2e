import type { Socket } from 'socket.io';

/**
 * Returns what ends a connection that has joined one namespace twice. Socket.IO refuses that only once the first join is
 * done: CONNECT packets that come together all succeed, and each makes a socket that gets every broadcast, so that a dozen
 * connections could count as a thousand. `closed` hears of each second socket.
 */
export function joinOnce(closed: () => void): (socket: Pick<Socket, 'conn' | 'nsp' | 'connected'>) => void {
  /** By namespace: a map for each connection would cost more than what it holds. */
  const joined = new Map<string, WeakMap<object, { readonly connected: boolean }>>();
  return (socket) => {
    const { conn, nsp } = socket;
    const sockets = joined.get(nsp.name) ?? new WeakMap();
    joined.set(nsp.name, sockets);
    if (sockets.get(conn)?.connected) {
      closed();
      // Not before the scenario has seen it connect: what a handler joins after the end would stay in its rooms.
      queueMicrotask(() => conn.close(true));
    }
    sockets.set(conn, socket);
  };
}
