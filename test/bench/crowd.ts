/** All clients of one measured server: they talk at once, and within the rate that a lab allows. */
import { setTimeout } from 'node:timers/promises';
import { LIMITS } from '#lab/limits.ts';
import { type Connection, connect } from './connection.ts';
import { GROUP_SIZE, TEXT } from './program.ts';

const EVENT = '2'.charCodeAt(0);
const SAY = `420${JSON.stringify(['say', TEXT])}`;
/** A server that has not delivered everything by then has lost something, milliseconds. */
const PATIENCE_MS = 60_000;
const PER_MS = LIMITS.packetsPerSecond / 1000;

/**
 * Keeps this process polling until it is disposed of. On one machine a server pays for waking a client that sleeps, and
 * the slower it is the more often; clients elsewhere cost it nothing of the kind.
 */
function stayAwake(): Disposable {
  let isOver = false;
  const turn = () => {
    if (!isOver) setImmediate(turn);
  };
  turn();
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

export class Crowd {
  readonly #clients: readonly Connection[];
  /** What a lab's rate limit would still let each client send. All have sent equally much. */
  #allowance: number = LIMITS.packetBurst;
  #countedAt = performance.now();

  private constructor(clients: readonly Connection[]) {
    this.#clients = clients;
  }

  /** Connects one group of clients to each address. */
  static async join(groups: readonly string[]): Promise<Crowd> {
    const clients: Connection[] = [];
    for (const [group, url] of groups.entries()) {
      const members = Array.from({ length: GROUP_SIZE }, () => connect(url, { auth: { group } }));
      clients.push(...(await Promise.all(members)));
    }
    return new Crowd(clients);
  }

  get size(): number {
    return this.#clients.length;
  }

  /**
   * Every client says something `times` times, each time when the last one is acknowledged. Resolves when all of it
   * has been delivered to all of its group; rejects if a connection is lost or something does not arrive.
   */
  async talk(times: number): Promise<void> {
    using _awake = stayAwake();
    await this.#deliver(times);
  }

  #deliver(times: number): Promise<void> {
    this.#allowance = this.#earned() - times;
    this.#countedAt = performance.now();
    const expected = this.size * times;
    return new Promise((resolve, reject) => {
      const late = globalThis.setTimeout(() => reject(new Error('Not everything was delivered')), PATIENCE_MS);
      let heard = 0;
      let acknowledged = 0;
      for (const client of this.#clients) {
        let left = times;
        const say = () => {
          if (left-- > 0) client.send(SAY);
        };
        client.onLost = () => reject(new Error('The server closed a connection'));
        client.onPacket = (packet) => {
          if (packet[0] === EVENT) heard++;
          else {
            acknowledged++;
            say();
          }
          if (acknowledged < expected || heard < expected * GROUP_SIZE) return;
          clearTimeout(late);
          resolve();
        };
        say();
      }
    });
  }

  async leave(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  /** Waits until each client may send `times` packets at once: the lab would close whoever is faster. */
  async rest(times: number): Promise<void> {
    const missing = times - this.#earned();
    if (missing > 0) await setTimeout(missing / PER_MS);
  }

  /** Packets that the lab would now take from each client: its token bucket, kept from this side. */
  #earned(): number {
    return Math.min(LIMITS.packetBurst, this.#allowance + (performance.now() - this.#countedAt) * PER_MS);
  }
}
