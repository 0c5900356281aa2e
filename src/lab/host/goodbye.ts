import type { Namespace } from 'socket.io';

/** How long what waits for a client may take to leave, milliseconds. */
export const GOODBYE_MS = 100;

/**
 * Disconnects every client politely (`io server disconnect`, after which it does not come back), and resolves when all
 * that waited for them is handed over, or after `GOODBYE_MS`. Closing the server at once would throw it away, goodbyes too.
 */
export async function sayGoodbye(namespaces: Iterable<Pick<Namespace, 'sockets' | 'disconnectSockets'>>): Promise<void> {
  const all = [...namespaces];
  const connections = new Set(all.flatMap(({ sockets }) => [...sockets.values()].map(({ conn }) => conn)));
  const gone = [...connections].map((connection) => new Promise<void>((resolve) => connection.once('close', () => resolve())));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  for (const namespace of all) namespace.disconnectSockets(true);
  await Promise.race([Promise.all(gone), late]);
  clearTimeout(timer);
}
