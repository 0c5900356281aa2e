/** One client of a lab: a real Socket.IO client on a conditioned link, with a log of its own. */
import { io, type Socket } from 'socket.io-client';
import { labPath } from '#lab/control-plane.ts';
import { Link } from '#lab/link/link.ts';
import type { PersonId } from '#lab/people.ts';
import type { LabOptions, Page, Scenario, WayToLose } from '#lab/scenario.ts';
import type { ClientRecord, LinkAct } from '#trace/records.ts';
import { witnessEmits } from './emit-witness.ts';
import { engineWitness } from './engine-witness.ts';

export type LabClientSettings = {
  readonly who: PersonId;
  readonly lab: string;
  /** Where the lab's server is, without a path: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly scenario: Pick<Scenario, 'client' | 'clientOptions'>;
  readonly options: LabOptions;
  now(): number;
  record(record: ClientRecord): void;
  /** Asks the lab's host to throw this client out. */
  throwOut(socketId: string): void;
};

export class LabClient {
  readonly who: PersonId;
  readonly socket: Socket;
  readonly page: Page;
  readonly #settings: LabClientSettings;
  readonly #link = new Link();
  /** Attempts since the connection was lost. */
  #attempts = 0;

  constructor(settings: LabClientSettings) {
    const { who, scenario, record, now } = settings;
    this.who = who;
    this.#settings = settings;
    this.page = { me: who, show: (text) => record(['shown', now(), text]) };
    this.socket = this.#makeSocket();
    witnessEmits(this.socket, { record, now });
    this.#watchConnection();
    scenario.client(this.socket, this.page);
    if (scenario.clientOptions?.(who).autoConnect !== false) this.socket.connect();
  }

  setDelay(ms: number): void {
    this.#link.setDelay(ms);
  }

  lose(way: Exclude<WayToLose, 'crash'>): void {
    const act = (name: LinkAct) => this.#settings.record(['act', this.#settings.now(), name]);
    switch (way) {
      case 'polite':
        act('disconnect');
        this.socket.disconnect();
        return;
      case 'cut':
        act('cut');
        this.#link.cut();
        return;
      case 'black-hole':
        act('black-hole');
        this.#link.hole();
        return;
      case 'change-network':
        act('change-network');
        this.#link.changeNetwork();
        return;
      case 'throw-out':
        act('throw-out');
        this.#settings.throwOut(this.socket.id ?? '');
        return;
    }
  }

  /** Brings the client back, whichever way it was lost: plugs the cable in, or connects again. */
  bringBack(): void {
    const { record, now } = this.#settings;
    if (this.#link.state !== 'up') {
      record(['act', now(), 'plug']);
      this.#link.plug();
    }
    // After a polite goodbye, and after being thrown out, a client does not come back by itself.
    if (!this.socket.connected && !this.socket.active) {
      record(['act', now(), 'connect']);
      this.socket.connect();
    }
  }

  close(): void {
    // The link first: a goodbye must not hang in a hole.
    if (this.#link.state !== 'up') this.#link.plug();
    this.#link.setDelay(0);
    this.socket.io.reconnection(false);
    this.socket.disconnect();
    this.socket.io.engine?.close();
  }

  #makeSocket(): Socket {
    const { lab, url, options, scenario, who, record, now } = this.#settings;
    const { auth } = scenario.clientOptions?.(who) ?? {};
    return io(url, {
      path: labPath(lab),
      forceNew: true,
      autoConnect: false,
      transports: this.#link.transports(engineWitness({ record, now })),
      reconnectionDelay: options.reconnectionDelayMs,
      reconnectionDelayMax: options.reconnectionDelayMaxMs,
      // Without jitter the pane can say when the next attempt comes. One client has no herd to avoid.
      randomizationFactor: 0,
      timeout: 5_000,
      ...(auth && { auth }),
    });
  }

  #watchConnection(): void {
    const { record, now } = this.#settings;
    const { socket } = this;
    const manager = socket.io;
    const retry = () => record(['retrying', now(), this.#attempts + 1, this.#delayOf(this.#attempts)]);
    socket.on('connect', () => {
      this.#attempts = 0;
      record(['connected', now(), manager.engine.id, socket.id ?? '', '/', socket.recovered ?? false]);
    });
    socket.on('disconnect', (reason) => {
      record(['disconnected', now(), '/', reason]);
      this.#attempts = 0;
      if (socket.active) retry();
    });
    manager.on('reconnect_attempt', (attempt) => {
      this.#attempts = attempt;
    });
    manager.on('reconnect_error', (error) => {
      record(['failed', now(), error.message]);
      retry();
    });
    socket.on('connect_error', (error) => {
      if (!socket.active) record(['failed', now(), error.message]);
    });
  }

  /** Source: Socket.IO's client options `reconnectionDelay` and `reconnectionDelayMax`, with no randomization. */
  #delayOf(attempts: number): number {
    const { reconnectionDelayMs, reconnectionDelayMaxMs } = this.#settings.options;
    return Math.min(reconnectionDelayMs * 2 ** attempts, reconnectionDelayMaxMs);
  }
}
