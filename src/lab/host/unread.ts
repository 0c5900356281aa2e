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
 * Returns what bounds a connection: it is closed when another packet is made for it while more than `limit` bytes wait, in
 * our buffer and in its socket's. `closed` hears of it once, with the bytes that waited. The listeners are shared by all
 * connections; an emitter calls them with itself as `this`.
 */
export function unreadBound(limit: number, closed: (bytes: number) => void): (connection: BufferedConnection) => void {
  const buffered = new WeakMap<BufferedConnection, number>();
  const over = new WeakSet<BufferedConnection>();
  function onPacketCreate(this: BufferedConnection, packet: SizedPacket): void {
    const before = buffered.get(this) ?? 0;
    const now = before + sizeOf(packet);
    buffered.set(this, now);
    const waiting = now + (this.transport.socket?.bufferedAmount ?? 0);
    // One large packet alone is no sign of a client that does not read.
    if (before === 0 || waiting <= limit || over.has(this)) return;
    over.add(this);
    closed(waiting);
    end(this);
  }
  function onFlush(this: BufferedConnection, packets: readonly SizedPacket[]): void {
    let left = buffered.get(this) ?? 0;
    for (const packet of packets) left -= sizeOf(packet);
    buffered.set(this, Math.max(0, left));
  }
  return (connection) => {
    connection.on('packetCreate', onPacketCreate);
    connection.on('flush', onFlush);
  };
}
