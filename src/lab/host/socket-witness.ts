/** Writes down when a socket connects and leaves, and which volatile events never became a packet. */
import type { Socket } from 'socket.io';
import { eventData } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';
import { sidOf } from './instrument.ts';

export type Witness = { record(record: ServerRecord): void; now(): number };

type Emission = { readonly sid: string; readonly at: number; readonly event: readonly unknown[] };

/**
 * A witness for all sockets of one lab. Its listeners are shared by them; Socket.IO calls a listener with its socket as
 * `this`, Engine.IO with its connection.
 */
export function socketWitness({ record, now }: Witness): (socket: Socket) => void {
  /** By connection: what was emitted in this tick, and has no packet yet. */
  const waiting = new Map<object, Emission>();
  const drop = ({ at, sid, event }: Emission): void => record(['dropped', at, sid, eventData(event)]);
  const settle = (): void => {
    for (const emission of waiting.values()) drop(emission);
    waiting.clear();
  };
  // `onAnyOutgoing` sees an event before its packet is made: if none follows at once, it was dropped.
  function onOutgoing(this: Socket, ...event: unknown[]): void {
    const before = waiting.get(this.conn);
    if (before) drop(before);
    if (waiting.size === 0) queueMicrotask(settle);
    waiting.set(this.conn, { sid: sidOf(this.conn), at: now(), event });
  }
  function onPacketCreate(this: object): void {
    waiting.delete(this);
  }
  function onDisconnect(this: Socket, reason: string): void {
    record(['disconnected', now(), sidOf(this.conn), this.id, this.nsp.name, reason]);
  }
  return (socket) => {
    record(['connected', now(), sidOf(socket.conn), socket.id, socket.nsp.name, socket.recovered]);
    socket.on('disconnect', onDisconnect);
    socket.onAnyOutgoing(onOutgoing);
    // A connection may join and leave namespaces all its life: one listener is enough for it.
    if (!socket.conn.listeners('packetCreate').includes(onPacketCreate)) socket.conn.on('packetCreate', onPacketCreate);
  };
}
