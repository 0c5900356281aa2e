/** Makes a lab's logs fit to be kept: times from 0 and short, ids that do not change with every recording. Pure. */
import type { ClientRecord, Logs, ServerRecord } from '#trace/records.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';

/** Engine.IO and Socket.IO make ids of 20 random characters. */
const RANDOM_ID = /[\w-]{20}/g;

/** Gives each random id a short name, the same one wherever it occurs. */
function renamer(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) =>
    text.replaceAll(RANDOM_ID, (id) => {
      const name = names.get(id) ?? `id${String(names.size + 1).padStart(2, '0')}`;
      names.set(id, name);
      return name;
    });
}

/** To a tenth, downwards: what came before the run began stays before it. */
const short = (ms: number): number => Math.floor(ms * 10) / 10;

function tidied<Kind extends ClientRecord | ServerRecord>(record: Kind, since: number, rename: (text: string) => string): Kind {
  const [kind, t, ...rest] = record;
  return JSON.parse(
    JSON.stringify([kind, short(t - since), ...rest], (_key, value) => (typeof value === 'string' ? rename(value) : value)),
  );
}

/** The same logs with `since` at 0. Server times keep their offset to the page's. */
export function anonymised(logs: Logs): Logs {
  const rename = renamer();
  const { since } = logs;
  return {
    lanes: logs.lanes,
    since: 0,
    until: short(logs.until - since),
    clockOffsetMs: short(logs.clockOffsetMs),
    server: logs.server.map((record) => tidied(record, since, rename)),
    clients: Object.fromEntries(
      Object.entries(logs.clients).map(([lane, records]) => [lane, records.map((record) => tidied(record, since, rename))]),
    ),
  };
}

/** A bench's records with times from 0. Kept to a microsecond: what happens on one computer is over within a millisecond or two. */
export function fromZero(records: readonly SocketRecord[]): readonly SocketRecord[] {
  const since = records[0]?.t ?? 0;
  return records.map((record) => ({ ...record, t: Math.round((record.t - since) * 1000) / 1000 }));
}
