/**
 * A log that has grown long loses its beginning, but not its count: what went is told in one record for each session, and
 * who connected, joined and left stays. Pure.
 */
import type { ClientRecord, ServerRecord, SkippedRecord } from './records.ts';
import { isBeat } from './sessions.ts';

type AnyRecord = ClientRecord | ServerRecord;

/** What later records cannot be understood without. */
const LASTING: ReadonlySet<AnyRecord[0]> = new Set([
  'started',
  'crashed',
  'ended',
  'opened',
  'closed',
  'connected',
  'disconnected',
  'joined',
  'left',
  'act',
]);

type Counts = { madeMessages: number; madeBeats: number; arrivedMessages: number; arrivedBeats: number; written: number };

type FoldOptions<Kind> = {
  /** Of the counts, and of what is kept, only so many, the newest: a stranger may open any number of sessions. */
  readonly most: number;
  /** Whether a record stays, though it is not lasting. */
  spares?(record: Kind): boolean;
};

/** Takes records in order, and tells them in few. */
export class Fold<Kind extends AnyRecord> {
  readonly #counts = new Map<string, Counts>();
  readonly #kept: Kind[] = [];
  readonly #options: FoldOptions<Kind>;
  #at = 0;

  constructor(options: FoldOptions<Kind>) {
    this.#options = options;
  }

  add(record: Kind): void {
    this.#at = record[1];
    if (record[0] === 'skipped') this.#addCounts(record);
    else if (record[0] === 'written') this.#addCounts(['skipped', record[1], record[2], 0, 0, 0, 0, record[3]]);
    else if (LASTING.has(record[0]) || this.#options.spares?.(record)) this.#keep(record);
    else if (record[0] === 'created') this.#addCounts(skipped(record[1], record[2], isBeat(record[3]) ? [0, 1, 0, 0] : [1, 0, 0, 0]));
    else if (record[0] === 'arrived') this.#addCounts(skipped(record[1], record[2], isBeat(record[3]) ? [0, 0, 0, 1] : [0, 0, 1, 0]));
  }

  /** The counts first, then what was kept. */
  records(): readonly (Kind | SkippedRecord)[] {
    const counts = [...this.#counts].map(
      ([sid, { madeMessages, madeBeats, arrivedMessages, arrivedBeats, written }]): SkippedRecord => [
        'skipped',
        this.#at,
        sid,
        madeMessages,
        madeBeats,
        arrivedMessages,
        arrivedBeats,
        written,
      ],
    );
    return [...counts, ...this.#kept.slice(-this.#options.most)];
  }

  #keep(record: Kind): void {
    this.#kept.push(record);
    // Cut rarely and much, since each cut moves everything that stays.
    const { most } = this.#options;
    if (this.#kept.length > 2 * most) this.#kept.splice(0, this.#kept.length - most);
  }

  #addCounts([, , sid, madeMessages, madeBeats, arrivedMessages, arrivedBeats, written]: SkippedRecord): void {
    const counts = this.#counts.get(sid) ?? { madeMessages: 0, madeBeats: 0, arrivedMessages: 0, arrivedBeats: 0, written: 0 };
    // Set anew, so that the sessions heard of last stand last.
    this.#counts.delete(sid);
    this.#counts.set(sid, counts);
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined && this.#counts.size > this.#options.most) this.#counts.delete(oldest);
    counts.madeMessages += madeMessages;
    counts.madeBeats += madeBeats;
    counts.arrivedMessages += arrivedMessages;
    counts.arrivedBeats += arrivedBeats;
    counts.written = Math.max(counts.written, written);
  }
}

const skipped = (at: number, sid: string, counts: readonly [number, number, number, number]): SkippedRecord => [
  'skipped',
  at,
  sid,
  ...counts,
  0,
];

const isBeatRecord = (record: AnyRecord): boolean => (record[0] === 'created' || record[0] === 'arrived') && isBeat(record[3]);

/**
 * A log of at most `limit` records, made from one that is longer. Its newer half stays as it is. Of the older half
 * heartbeats go first, since an hour of silence is full of them, and all that is not lasting where that is not enough; of
 * what lasts and of the counts `most` stay.
 */
export function folded<Kind extends AnyRecord>(
  log: readonly Kind[],
  limit: number,
  most = Math.floor(limit / 4),
): readonly (Kind | SkippedRecord)[] {
  const cut = Math.max(0, log.length - Math.floor(limit / 2));
  const tell = (spares: (record: Kind) => boolean) => {
    const fold = new Fold<Kind>({ most, spares });
    for (const record of log.slice(0, cut)) fold.add(record);
    return [...fold.records(), ...log.slice(cut)];
  };
  const older = log.slice(0, cut).filter((record) => !isBeatRecord(record) && record[0] !== 'written');
  return older.length <= limit / 4 ? tell((record) => !isBeatRecord(record)) : tell(() => false);
}
