/**
 * The instrument listens where the truth is, on the lab's Engine.IO: what was made, really written, arrived. Scenario
 * code never knows of it, and nothing is added to anybody's payload.
 */
import { LIMITS } from '#lab/limits.ts';
import { type EnginePacket, recordText } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';
import { type BufferedConnection, boundUnread } from './unread.ts';

/** What the instrument needs of an Engine.IO connection. The package's own type hides `id`. */
type EngineConnection = {
  readonly id: string;
  readonly transport: BufferedConnection['transport'] & { readonly name: string };
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

function watchConnection(connection: EngineConnection, hooks: InstrumentHooks): void {
  const { record, now } = hooks;
  const sid = connection.id;
  let written = 0;
  record(['opened', now(), sid, connection.transport.name]);
  connection.on('packetCreate', (packet) => {
    const text = recordText(packet);
    if (text !== undefined) record(['created', now(), sid, text]);
  });
  connection.on('flush', (packets) => {
    const before = written;
    for (const packet of packets) if (recordText(packet) !== undefined) written += 1;
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
    boundUnread(connection, LIMITS.unreadBytes, hooks.unread);
  });
  return (connection) => sids.get(connection) ?? '';
}
