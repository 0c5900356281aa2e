/** Benches on the companion server that the page came from: real sockets, on that computer's loopback interface. */
import type { SocketRecord } from '#trace/sockets/records.ts';
import { ControlLink } from '../control-link.ts';
import type { Result } from '../control-plane.ts';
import type { BenchEnd, BenchHost, SocketBench } from './bench.ts';
import type { SocketStep } from './steps.ts';

/** A host for benches. `url`: where the server is; left out, where the page came from. */
export function companionBenches(url?: string): BenchHost {
  const control = new ControlLink(url);
  return {
    async open() {
      if (!(await control.connect())) return { ok: false, why: 'unreachable' };
      const opened = await control.ask<{ readonly bench: string }>((socket, reply) => socket.emit('sockets:open', null, reply));
      return opened.ok ? { ok: true, value: new CompanionBench(control, opened.value.bench) } : opened;
    },
    leave: () => control.close(),
  };
}

class CompanionBench implements SocketBench {
  readonly #control: ControlLink;
  readonly #bench: string;
  readonly #listeners = new Set<() => void>();
  #records: readonly SocketRecord[] = [];
  #end: BenchEnd | undefined;

  constructor(control: ControlLink, bench: string) {
    this.#control = control;
    this.#bench = bench;
    control.socket.on('sockets:record', this.#onRecord).on('sockets:ended', this.#onEnded).on('disconnect', this.#onLoss);
  }

  records(): readonly SocketRecord[] {
    return this.#records;
  }

  step(step: SocketStep): Promise<Result<{ readonly step: number }>> {
    return this.#control.ask((socket, reply) => socket.emit('sockets:step', { bench: this.#bench, step }, reply));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ended(): BenchEnd | undefined {
    return this.#end;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    if (!this.#end) await this.#control.ask<null>((socket, reply) => socket.emit('sockets:close', { bench: this.#bench }, reply));
    this.#finish('closed');
  }

  readonly #onRecord = ({ bench, record }: { bench: string; record: SocketRecord }): void => {
    if (bench !== this.#bench) return;
    this.#records = [...this.#records, record];
    this.#changed();
  };
  readonly #onEnded = ({ bench, why }: { bench: string; why: BenchEnd }): void => {
    if (bench === this.#bench) this.#finish(why);
  };
  /** The server closes a bench when its page is gone, so that coming back finds nothing. */
  readonly #onLoss = (): void => this.#finish('unreachable');

  #finish(end: BenchEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#control.socket.off('sockets:record', this.#onRecord).off('sockets:ended', this.#onEnded).off('disconnect', this.#onLoss);
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
