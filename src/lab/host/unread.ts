/** A bound on what waits for a client that does not read: without it, its packets would fill the memory. */

/** What is needed of an Engine.IO connection. */
export type BufferedConnection = {
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
  on(event: 'packetCreate', listener: (packet: SizedPacket) => void): unknown;
  on(event: 'flush', listener: (packets: readonly SizedPacket[]) => void): unknown;
  close(discard?: boolean): void;
};

type SizedPacket = { readonly data?: unknown };

const sizeOf = ({ data }: SizedPacket): number =>
  typeof data === 'string' ? data.length : ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;

/** Ends a connection at once. A polite close would wait for the client to read. */
function end(connection: BufferedConnection): void {
  if (connection.transport.socket) connection.transport.socket.terminate();
  else connection.close(true);
}

/**
 * Closes a connection when another packet is made for it while more than `limit` bytes wait, in our buffer and in its
 * socket's. `closed` hears of it once, with the bytes that waited.
 */
export function boundUnread(connection: BufferedConnection, limit: number, closed: (bytes: number) => void): void {
  let buffered = 0;
  let isOver = false;
  connection.on('packetCreate', (packet) => {
    const before = buffered;
    buffered += sizeOf(packet);
    const waiting = buffered + (connection.transport.socket?.bufferedAmount ?? 0);
    // One large packet alone is no sign of a client that does not read.
    if (isOver || before === 0 || waiting <= limit) return;
    isOver = true;
    closed(waiting);
    end(connection);
  });
  connection.on('flush', (packets) => {
    for (const packet of packets) buffered -= sizeOf(packet);
    buffered = Math.max(0, buffered);
  });
}
