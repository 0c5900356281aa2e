/**
 * The conditioner of one client's connection: real packets over a real connection, delayed, held back or cut in the
 * client's own transport. The ways in which a link fails follow what TCP does.
 */
import { WebSocket as WebSocketTransport } from 'socket.io-client';
import { type Clock, realClock } from './lane.ts';
import { type LinkConditions, LinkedSocket } from './linked-socket.ts';

/** What a client's instrument needs of its engine. */
export type ClientEngine = {
  readonly id: string;
  on(event: 'packetCreate' | 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): unknown;
  on(event: 'open', listener: () => void): unknown;
  on(event: 'close', listener: (reason: string) => void): unknown;
};

export type LinkWitness = {
  /** A transport was made for this engine; called once for each engine, before its first packet. */
  engine(engine: ClientEngine): void;
  /** Packets are really handed to the transport. */
  written(engine: ClientEngine, packets: readonly { readonly type: string }[]): void;
};

type TransportOptions = ConstructorParameters<typeof WebSocketTransport>[0];

/** The option that the engine hands to each transport it makes. */
function engineOf(options: TransportOptions): ClientEngine {
  const { socket } = options as unknown as { socket: ClientEngine };
  return socket;
}

export class Link {
  readonly #live = new Set<LinkedSocket>();
  readonly #clock: Clock;
  #delayMs = 0;
  #state: LinkConditions['state'] = 'up';

  constructor(clock: Clock = realClock) {
    this.#clock = clock;
  }

  get state(): LinkConditions['state'] {
    return this.#state;
  }

  /** One-way delay, milliseconds; what is already under way keeps the delay that it left with. */
  setDelay(ms: number): void {
    this.#delayMs = ms;
  }

  /** The cable is cut and stays cut: both sides notice, dialling fails at once. */
  cut(): void {
    this.#state = 'down';
    for (const socket of [...this.#live]) socket.cut();
  }

  /** A black hole: nobody is told. */
  hole(): void {
    this.#state = 'hole';
  }

  /** The cable is plugged in again; what a hole held back goes on if both ends still live. */
  plug(): void {
    this.#state = 'up';
    for (const socket of [...this.#live]) socket.resume();
  }

  /** The device changes network: the client knows at once, the server hears nothing. */
  changeNetwork(): void {
    for (const socket of [...this.#live]) socket.ghost();
  }

  /** Transport classes for `io(url, { transports })`, each on this link. */
  transports(witness: LinkWitness) {
    const conditions = this.#conditions();
    const seen = new WeakSet<object>();
    class LinkedWebSocket extends WebSocketTransport {
      readonly #engine: ClientEngine;
      constructor(options: TransportOptions) {
        super(options);
        this.#engine = engineOf(options);
        if (seen.has(this.#engine)) return;
        seen.add(this.#engine);
        witness.engine(this.#engine);
      }
      override createSocket(uri: string): LinkedSocket {
        return new LinkedSocket(conditions, uri);
      }
      override send(packets: Parameters<WebSocketTransport['send']>[0]): void {
        witness.written(this.#engine, packets);
        super.send(packets);
      }
    }
    return [LinkedWebSocket];
  }

  /** A live view of this link: its sockets read the state of the moment. */
  #conditions(): LinkConditions {
    const link = this;
    return {
      clock: this.#clock,
      live: this.#live,
      get delayMs() {
        return link.#delayMs;
      },
      get state() {
        return link.#state;
      },
    };
  }
}
