/**
 * The instrument listens where the truth is, on the lab's Engine.IO: what was made, really written, arrived. Scenario
 * code never knows of it, and nothing is added to anybody's payload.
 */
import { LIMITS } from '#lab/limits.ts';
import { type EnginePacket, recordText } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';

/** What the instrument needs of an Engine.IO connection. The package's own type hides `id`. */
type EngineConnection = {
  readonly id: string;
  readonly transport: { readonly name: string; readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
  readonly writeBuffer: readonly EnginePacket[];
  on(event: 'packetCreate' | 'packet', listener: (packet: EnginePacket) => void): unknown;
  on(event: 'flush', listener: (packets: readonly EnginePacket[]) => void): unknown;
  on(event: 'close', listener: (reason: string) => void): unknown;
  close(discard?: boolean): void;
};

type Engine = { on(event: 'connection', listener: (connection: EngineConnection) => void): unknown };

export type InstrumentHooks = {
  record(record: ServerRecord): void;
  now(): number;
  /** A client did not read: it was closed with this many bytes waiting for it. */
  unread(bytes: number): void;
};

const sizeOf = ({ data }: EnginePacket): number =>
  typeof data === 'string' ? data.length : ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;

/** Closes a client for which more waits than it may: bytes in our buffer and in the kernel's. */
function closeUnread(connection: EngineConnection, buffered: number, hooks: InstrumentHooks): void {
  const socket = connection.transport.socket;
  const waiting = buffered + (socket?.bufferedAmount ?? 0);
  if (waiting <= LIMITS.unreadBytes) return;
  hooks.unread(waiting);
  if (socket) socket.terminate();
  else connection.close(true);
}

function watchConnection(connection: EngineConnection, hooks: InstrumentHooks): void {
  const { record, now } = hooks;
  const sid = connection.id;
  let written = 0;
  let buffered = 0;
  record(['opened', now(), sid, connection.transport.name]);
  connection.on('packetCreate', (packet) => {
    buffered += sizeOf(packet);
    const text = recordText(packet);
    if (text !== undefined) record(['created', now(), sid, text]);
    if (buffered > sizeOf(packet)) closeUnread(connection, buffered, hooks);
  });
  connection.on('flush', (packets) => {
    const before = written;
    for (const packet of packets) {
      buffered -= sizeOf(packet);
      if (recordText(packet) !== undefined) written += 1;
    }
    buffered = Math.max(0, buffered);
    if (written > before) record(['written', now(), sid, written]);
  });
  connection.on('packet', (packet) => {
    const text = recordText(packet);
    if (text !== undefined) record(['arrived', now(), sid, text]);
  });
  connection.on('close', (reason) => {
    const unwritten = connection.writeBuffer.filter((packet) => recordText(packet) !== undefined).length;
    record(['closed', now(), sid, reason, unwritten]);
  });
}

/** Watches every connection of an engine; returns the session id of a connection. */
export function instrument(engine: Engine, hooks: InstrumentHooks): (connection: object) => string {
  const sids = new WeakMap<object, string>();
  engine.on('connection', (connection) => {
    sids.set(connection, connection.id);
    watchConnection(connection, hooks);
  });
  return (connection) => sids.get(connection) ?? '';
}
