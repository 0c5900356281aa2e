/** All benches of this server: opened within caps, closed when their page goes or their time is over. */
import { randomUUID } from 'node:crypto';
import type { Result } from '#lab/control-plane.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import { Bench } from './bench.ts';

export type BenchEnding = 'closed' | 'expired' | 'stopped';

export type BenchesSettings = {
  readonly benches: number;
  readonly benchesPerAddress: number;
  readonly benchesPerPage: number;
  readonly benchIdleMs: number;
  readonly benchLifeMs: number;
  now(): number;
  record(at: Place, record: SocketRecord): void;
  /** A bench has ended, and its page still listens. */
  ended(at: Place, why: BenchEnding): void;
};

/** Whose bench it is: `page` is the id of a socket of the control plane. */
export type Owner = { readonly page: string; readonly address: string };
/** Where the news of a bench go. */
export type Place = { readonly page: string; readonly bench: string };

type Entry = Owner & { readonly bench: Bench; readonly life: NodeJS.Timeout; readonly idle: NodeJS.Timeout };

export class Benches {
  readonly #settings: BenchesSettings;
  readonly #entries = new Map<string, Entry>();
  #isStopping = false;

  constructor(settings: BenchesSettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#entries.size;
  }

  open({ page, address }: Owner): Result<{ readonly bench: string }> {
    const { benches, benchesPerAddress, benchesPerPage, benchIdleMs, benchLifeMs, now } = this.#settings;
    if (this.#isStopping) return { ok: false, why: 'shutting-down' };
    if (this.size >= benches) return { ok: false, why: 'bench-limit' };
    if (this.#count((entry) => entry.address === address) >= benchesPerAddress) return { ok: false, why: 'visitor-limit' };
    if (this.#count((entry) => entry.page === page) >= benchesPerPage) return { ok: false, why: 'visitor-limit' };
    const id = randomUUID();
    const expire = () => this.close(id, 'expired');
    this.#entries.set(id, {
      page,
      address,
      bench: new Bench({ now, record: (record) => this.#settings.record({ page, bench: id }, record) }),
      life: setTimeout(expire, benchLifeMs),
      idle: setTimeout(expire, benchIdleMs),
    });
    return { ok: true, value: { bench: id } };
  }

  /** A bench for its next step; undefined if it is not there, or another page's. */
  get(page: string, id: string): Bench | undefined {
    const entry = this.#entries.get(id);
    if (entry?.page !== page) return undefined;
    entry.idle.refresh();
    return entry.bench;
  }

  close(id: string, why: BenchEnding): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    clearTimeout(entry.life);
    clearTimeout(entry.idle);
    entry.bench.close();
    this.#settings.ended({ page: entry.page, bench: id }, why);
  }

  /** A page has gone, and its sockets with it. */
  leave(page: string): void {
    for (const [id, entry] of this.#entries) if (entry.page === page) this.close(id, 'closed');
  }

  /** Ends every bench, and opens no more: the server is being stopped. */
  closeAll(): void {
    this.#isStopping = true;
    for (const id of this.#entries.keys()) this.close(id, 'stopped');
  }

  #count(isMeant: (entry: Entry) => boolean): number {
    return [...this.#entries.values()].filter(isMeant).length;
  }
}
