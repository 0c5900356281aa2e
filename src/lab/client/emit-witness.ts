/**
 * A wrapper round a client's `emit`: it tells what became of each call, since an event that waits in the buffer, or was
 * dropped, never becomes a packet that an instrument could see. `timeout()`, `volatile` and `emitWithAck` all end in `emit`.
 */
import type { Socket } from 'socket.io-client';
import { eventData } from '#lab/record-text.ts';
import type { ClientRecord } from '#trace/records.ts';

type Log = { record(record: ClientRecord): void; now(): number };
type Ack = (...args: unknown[]) => void;

type Emit = { readonly id: number; readonly at: number; readonly data: string };

const isAck = (value: unknown): value is Ack => typeof value === 'function';

/** Puts the witness on a socket. Its own packets are counted by `record` of the engine's witness. */
export function witnessEmits(socket: Socket, { record, now }: Log): void {
  const real = socket.emit.bind(socket);
  /** Emits that wait in the buffer. */
  const waiting = new Set<number>();
  /** The emit that is being called, until it is known what becomes of it. */
  let calling: Emit | undefined;
  let lastId = 0;

  const tell = ({ id, at, data }: Emit, outcome: 'sent' | 'buffered' | 'dropped'): void => {
    calling = undefined;
    if (outcome === 'buffered') waiting.add(id);
    record(['emitted', at, id, outcome, '/', data]);
  };

  /** Notices when an emit that still waits gives up: only its `timeout()` answers with an error then. */
  const watchAck = (id: number, ack: Ack): Ack =>
    Object.assign((...answer: unknown[]) => {
      if (answer[0] instanceof Error && waiting.delete(id)) record(['expired', now(), id]);
      ack(...answer);
    }, ack);

  socket.on('connect', () => waiting.clear());
  // Socket.IO alone knows what it will send: not a volatile event while the transport is busy, nothing when the last ping is
  // too old. It calls this before it makes the packet, so that the record stands before the packet's own.
  socket.onAnyOutgoing(() => {
    if (calling) tell(calling, 'sent');
  });
  socket.emit = (event, ...args) => {
    const id = ++lastId;
    const buffered = socket.sendBuffer.length;
    const emit: Emit = { id, at: now(), data: eventData([event, ...args.filter((arg) => !isAck(arg))]) };
    calling = emit;
    try {
      const result = real(event, ...args.map((arg) => (isAck(arg) ? watchAck(id, arg) : arg)));
      if (calling === emit) tell(emit, socket.sendBuffer.length > buffered ? 'buffered' : 'dropped');
      return result;
    } finally {
      calling = undefined;
    }
  };
}
