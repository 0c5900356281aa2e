/** What one lab wrote down, as its page holds it: the server's records, its own clients', and those of other devices. */
import { folded } from '#trace/folded.ts';
import type { ClientRecord, Logs, ServerRecord, SkippedRecord } from '#trace/records.ts';
import type { LaneId } from '#trace/trace.ts';
import { laneOf } from './people.ts';

/** Records kept of each log: a long afternoon of clicks. What is older is folded. */
const MAX_RECORDS = 4_000;

/** Moves a record in time. */
export function shifted<Kind extends ClientRecord | ServerRecord>(record: Kind, byMs: number): Kind {
  const [kind, t, ...rest] = record;
  return [kind, t + byMs, ...rest] as unknown as Kind;
}

export class LogBook {
  readonly #server: ServerRecord[] = [];
  readonly #clients = new Map<LaneId, ClientRecord[]>();
  readonly #now: () => number;
  readonly clockOffsetMs: number;
  #lanes: LaneId[];
  #since: number;

  constructor({ lanes, clockOffsetMs, now }: { lanes: readonly LaneId[]; clockOffsetMs: number; now: () => number }) {
    this.#now = now;
    this.clockOffsetMs = clockOffsetMs;
    this.#lanes = [...lanes];
    this.#since = now();
    for (const lane of lanes) this.#clients.set(lane, []);
  }

  begin(): void {
    this.#since = this.#now();
  }

  addServer(records: readonly ServerRecord[]): void {
    append(this.#server, records);
  }

  addClient(lane: LaneId, records: readonly ClientRecord[]): void {
    this.addLanes([lane]);
    append(this.#clients.get(lane) ?? [], records);
  }

  addLanes(lanes: readonly LaneId[]): void {
    for (const lane of lanes) {
      if (this.#clients.has(lane)) continue;
      this.#lanes.push(lane);
      this.#clients.set(lane, []);
    }
  }

  /** A snapshot, as of now. The server stands second, where the drawing wants it. */
  logs(): Logs {
    const [first, ...others] = this.#lanes;
    const order = first === undefined ? ['server'] : [first, 'server', ...others];
    return {
      lanes: order.map(laneOf),
      since: this.#since,
      until: this.#now(),
      clockOffsetMs: this.clockOffsetMs,
      server: this.#server,
      clients: Object.fromEntries(this.#clients),
    };
  }
}

/** A log stays the same list, since snapshots share it. */
function append<Kind extends ClientRecord | ServerRecord>(log: (Kind | SkippedRecord)[], records: readonly Kind[]): void {
  log.push(...records);
  if (log.length > MAX_RECORDS) log.splice(0, log.length, ...folded(log, MAX_RECORDS));
}
