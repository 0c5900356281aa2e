/** A client of the model: its connection, its buffer, and what it knows for a recovery. */
import type { LaneId } from '../trace.ts';
import { type Connection, textsOf } from './connection.fixture.ts';
import type { Lab } from './lab.fixture.ts';
import type { Meant, Said } from './truth.fixture.ts';

export type EmitHow = { readonly isVolatile?: boolean; readonly ackId?: number; readonly isTorn?: boolean };
type Waiting = { readonly id: number; readonly said: Said; readonly meant: Meant };

/** A page hands over typed arrays: JSON shows them in a way of its own, and not as on the wire. */
const dataOf = ({ event, args, bytes = [] }: Said): string => JSON.stringify([event, ...args, ...bytes.map((one) => ({ ...one }))]);

export class Client {
  readonly lane: LaneId;
  connection: Connection | undefined;
  isConnected = false;
  readonly #lab: Lab;
  #lastEmit = 0;
  readonly #waiting: Waiting[] = [];
  /** The session's own secret, and the last offset that arrived. */
  #pid = '';
  #offset = '';

  constructor(lab: Lab, lane: LaneId) {
    this.#lab = lab;
    this.lane = lane;
  }

  opened(connection: Connection): void {
    connection.isClientOpen = true;
    this.#lab.note(this.lane, ['opened', this.#lab.now, connection.sid, 'websocket']);
    const known = JSON.stringify({ pid: this.#pid, offset: this.#offset });
    connection.send('c2s', [this.#lab.settings.recovery && this.#offset ? `40${known}` : '40']);
  }

  emit(said: Said, { isVolatile = false, ackId, isTorn = false }: EmitHow): void {
    const { connection } = this;
    const id = ++this.#lastEmit;
    const meant = this.#lab.mean(said, this.lane, 'server');
    const tell = (outcome: 'sent' | 'buffered' | 'dropped') =>
      this.#lab.note(this.lane, ['emitted', this.#lab.now, id, outcome, '/', dataOf(said)]);
    const isBusy = this.isConnected && connection?.ways.c2s.isJammed;
    if (isVolatile && (isBusy || !this.isConnected)) {
      tell('dropped');
      meant.unmade = 'volatile';
    } else if (this.isConnected && connection) {
      tell('sent');
      connection.send('c2s', textsOf(said, { ackId }), { meant, isTorn });
    } else {
      tell('buffered');
      meant.unmade = 'buffered';
      this.#waiting.push({ id, said, meant });
    }
  }

  /** The oldest emit that waits gives up. */
  expire(): void {
    const gone = this.#waiting.shift();
    if (!gone) return;
    gone.meant.unmade = 'expired';
    this.#lab.note(this.lane, ['expired', this.#lab.now, gone.id]);
  }

  reached(connection: Connection, text: string): void {
    this.#lab.note(this.lane, ['arrived', this.#lab.now, connection.sid, text]);
    this.#offset = /,"(off-\d+)"\]$/.exec(text)?.[1] ?? this.#offset;
    if (text === '2') connection.send('c2s', ['3']);
    if (text.startsWith('40')) this.#connected(connection);
  }

  closes(connection: Connection, reason: string): void {
    if (!connection.isClientOpen) return;
    connection.isClientOpen = false;
    this.#lab.note(this.lane, ['closed', this.#lab.now, connection.sid, reason]);
    if (this.connection !== connection) return;
    this.connection = undefined;
    if (!this.isConnected) return;
    this.isConnected = false;
    this.#lab.note(this.lane, ['disconnected', this.#lab.now, '/', reason]);
    if (!reason.startsWith('io ')) this.#lab.note(this.lane, ['retrying', this.#lab.now, 1, 1_000]);
  }

  #connected(connection: Connection): void {
    this.isConnected = true;
    this.#pid = connection.pid;
    for (const { said, meant } of this.#waiting.splice(0)) connection.send('c2s', textsOf(said), { meant });
    this.#lab.note(this.lane, ['connected', this.#lab.now, connection.sid, connection.socketId, '/', connection.isRecovered]);
  }
}
