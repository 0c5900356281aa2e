/**
 * A wrapper round a client's `emit`: it tells what became of each call, since an event that waits in the buffer, or was
 * dropped, never becomes a packet that an instrument could see. `timeout()`, `volatile` and `emitWithAck` all end in `emit`.
 */
import type { Socket } from 'socket.io-client';
import { eventData } from '#lab/record-text.ts';
import type { ClientRecord } from '#trace/records.ts';

type Log = { record(record: ClientRecord): void; now(): number };
type Ack = (...args: unknown[]) => void;

const isAck = (value: unknown): value is Ack => typeof value === 'function';

/** Puts the witness on a socket. Its own packets are counted by `record` of the engine's witness. */
export function witnessEmits(socket: Socket, { record, now }: Log): void {
  const real = socket.emit.bind(socket);
  /** Emits that wait in the buffer. */
  const waiting = new Set<number>();
  let lastId = 0;

  /** Notices when an emit that still waits gives up: only its `timeout()` answers with an error then. */
  const watchAck = (id: number, ack: Ack): Ack =>
    Object.assign((...answer: unknown[]) => {
      if (answer[0] instanceof Error && waiting.delete(id)) record(['expired', now(), id]);
      ack(...answer);
    }, ack);

  socket.on('connect', () => waiting.clear());
  socket.emit = (event, ...args) => {
    const id = ++lastId;
    const at = now();
    const buffered = socket.sendBuffer.length;
    const sent = args.map((arg) => (isAck(arg) ? watchAck(id, arg) : arg));
    const willSend = socket.connected;
    // The record stands before the packet's own, so that the two can be paired.
    if (willSend) record(['emitted', at, id, 'sent', '/', eventData([event, ...args.filter((arg) => !isAck(arg))])]);
    const result = real(event, ...sent);
    if (!willSend) {
      const waits = socket.sendBuffer.length > buffered;
      if (waits) waiting.add(id);
      record(['emitted', at, id, waits ? 'buffered' : 'dropped', '/', eventData([event, ...args.filter((arg) => !isAck(arg))])]);
    }
    return result;
  };
}
