/**
 * The instrument listens where the truth is, on the lab's Engine.IO: what was made, really written, arrived. Scenario
 * code never knows of it, and nothing is added to anybody's payload.
 */
import { LIMITS } from '#lab/limits.ts';
import { type EnginePacket, isRecorded, recordText } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';
import { type BufferedConnection, unreadBound } from './unread.ts';

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

/**
 * The listeners of one lab, shared by all its connections: a lab may have many, and closures for each would cost more
 * than all else that we keep of a connection. An emitter calls a listener with itself as `this`.
 */
function listenersOf({ record, now }: InstrumentHooks) {
  const written = new WeakMap<EngineConnection, number>();
  return {
    packetCreate(this: EngineConnection, packet: EnginePacket): void {
      const text = recordText(packet);
      if (text !== undefined) record(['created', now(), this.id, text]);
    },
    flush(this: EngineConnection, packets: readonly EnginePacket[]): void {
      let fresh = 0;
      for (const packet of packets) if (isRecorded(packet)) fresh += 1;
      if (fresh === 0) return;
      const total = (written.get(this) ?? 0) + fresh;
      written.set(this, total);
      record(['written', now(), this.id, total]);
    },
    packet(this: EngineConnection, packet: EnginePacket): void {
      const text = recordText(packet);
      if (text !== undefined) record(['arrived', now(), this.id, text]);
    },
    close(this: EngineConnection, reason: string): void {
      record(['closed', now(), this.id, reason, this.writeBuffer.filter(isRecorded).length]);
    },
  };
}

/** The session id of an Engine.IO connection, which the package's own type hides. */
export const sidOf = (connection: object): string => ('id' in connection && typeof connection.id === 'string' ? connection.id : '');

/** Watches every connection of an engine. */
export function instrument(engine: Engine, hooks: InstrumentHooks): void {
  const { packetCreate, flush, packet, close } = listenersOf(hooks);
  const bound = unreadBound(LIMITS.unreadBytes, hooks.unread);
  engine.on('connection', (connection) => {
    hooks.record(['opened', hooks.now(), connection.id, connection.transport.name]);
    connection.on('packetCreate', packetCreate);
    connection.on('flush', flush);
    connection.on('packet', packet);
    connection.on('close', close);
    bound(connection);
  });
}
