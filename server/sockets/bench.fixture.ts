/** A bench for a test, with what it wrote down, and a way to wait until nothing more comes. */
import { readdirSync, readlinkSync } from 'node:fs';
import type { SocketStep } from '#lab/sockets/steps.ts';
import type { SocketFact, SocketName, SocketRecord } from '#trace/sockets/records.ts';
import { type SocketRow, socketRows } from '#trace/sockets/table.ts';
import { Bench } from './bench.ts';

export type FactOf<Kind extends SocketFact['kind']> = Extract<SocketRecord, { kind: Kind }>;

/** Turns of the event loop without news after which none is on its way: on one computer, one or two are enough. */
const QUIET_TURNS = 25;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class TestBench {
  readonly records: SocketRecord[] = [];
  readonly bench = new Bench({ now: () => performance.now(), record: (record) => this.records.push(record) });

  get rows(): readonly SocketRow[] {
    return socketRows(this.records);
  }

  row(name: SocketName): SocketRow {
    const row = this.rows.find((one) => one.name === name);
    if (!row) throw new Error(`there is no ${name}`);
    return row;
  }

  facts<Kind extends SocketFact['kind']>(kind: Kind): readonly FactOf<Kind>[] {
    return this.records.filter((record): record is FactOf<Kind> => record.kind === kind);
  }

  /** Does steps one after another, each when the one before has had its effect; answers with the refusals. */
  async do(...steps: readonly SocketStep[]): Promise<readonly string[]> {
    const refusals: string[] = [];
    for (const step of steps) {
      const result = await this.bench.step(step);
      if (!result.ok) refusals.push(result.why);
      await this.quiet();
    }
    return refusals;
  }

  async quiet(): Promise<void> {
    for (let turns = 0, seen = this.records.length; turns < QUIET_TURNS; turns++) {
      await turn();
      if (this.records.length !== seen) [turns, seen] = [0, this.records.length];
    }
  }
}

/** Steps by which three clients are connected to one server. */
export const THREE_CONNECTIONS: readonly SocketStep[] = [
  { do: 'listen', socket: 'server' },
  { do: 'connect', socket: 'ada', to: 'server' },
  { do: 'connect', socket: 'bo', to: 'server' },
  { do: 'connect', socket: 'cy', to: 'server' },
];

/** The sockets that a process has open, as the system lists them: `socket:[12345]`, by descriptor. */
export function openSockets(pid: number | 'self' = 'self'): ReadonlyMap<number, string> {
  const folder = `/proc/${pid}/fd`;
  const links = readdirSync(folder).flatMap((fd): [number, string][] => {
    try {
      return [[Number(fd), readlinkSync(`${folder}/${fd}`)]];
    } catch {
      // The descriptor with which the folder was read is gone by now.
      return [];
    }
  });
  return new Map(links.filter(([, link]) => link.startsWith('socket:')));
}
