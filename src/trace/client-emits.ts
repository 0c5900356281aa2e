/** What clients said: joins each `emit` to the packet that it became, and tells of those that became none. Pure. */
import { type Draft, type Saying, unmade } from './drafts.ts';
import { isSaying } from './saying.ts';
import { SERVER, type Timeline } from './timeline.ts';
import type { Fate, LaneId } from './trace.ts';

export class ClientEmits {
  readonly #timeline: Timeline;
  readonly #byIndex: ReadonlyMap<string, Draft>;
  readonly extra: Draft[] = [];

  /** `byIndex`: the message that was made by the n-th record of a lane's log, under `lane:n`. */
  constructor(timeline: Timeline, byIndex: ReadonlyMap<string, Draft>) {
    this.#timeline = timeline;
    this.#byIndex = byIndex;
  }

  read(lane: LaneId): void {
    const waiting: Saying[] = [];
    /** The emit that was called while connected: its packet is the very next record, unless it was volatile and dropped. */
    let direct: Saying | undefined;
    const settle = (message: Draft | undefined) => {
      if (direct && message && isSaying(message.text, direct.data)) message.id = direct.id;
      else {
        if (direct) this.#unmade(lane, direct, { kind: 'never-sent', reason: 'volatile' });
        if (message) flush(message, waiting);
      }
      direct = undefined;
    };
    for (const [index, record] of (this.#timeline.logs.clients[lane] ?? []).entries()) {
      const made = record[0] === 'created' ? this.#byIndex.get(`${lane}:${index}`) : undefined;
      settle(made?.what === 'event' ? made : undefined);
      if (record[0] === 'emitted') {
        const said: Saying = { id: `emit:${lane}:${record[2]}`, at: this.#timeline.fromPage(record[1]), data: record[5] };
        if (record[3] === 'sent') direct = said;
        else if (record[3] === 'buffered') waiting.push(said);
        else this.#unmade(lane, said, { kind: 'never-sent', reason: 'volatile' });
      } else if (record[0] === 'expired') this.#expire(lane, `emit:${lane}:${record[2]}`, waiting);
    }
    settle(undefined);
    for (const said of waiting) this.#unmade(lane, said, { kind: 'buffered' });
  }

  #expire(lane: LaneId, id: string, waiting: Saying[]): void {
    const gone = takeFirst(waiting, (one) => one.id === id);
    if (gone) this.#unmade(lane, gone, { kind: 'never-sent', reason: 'expired' });
  }

  #unmade(lane: LaneId, said: Saying, fate: Fate): void {
    this.extra.push(unmade(said, { from: lane, to: SERVER }, fate));
  }
}

/** A buffer is sent in order, once there is a connection: the oldest of those that wait and say this has left it. */
function flush(message: Draft, waiting: Saying[]): void {
  const flushed = takeFirst(waiting, ({ data }) => isSaying(message.text, data));
  if (!flushed) return;
  message.id = flushed.id;
  message.leftAt = message.sentAt;
  message.sentAt = flushed.at;
}

function takeFirst<Item>(items: Item[], isIt: (item: Item) => boolean): Item | undefined {
  const position = items.findIndex(isIt);
  return position < 0 ? undefined : items.splice(position, 1)[0];
}
