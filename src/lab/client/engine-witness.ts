/** The client's half of the instrument: what its engine made, really wrote, and got. */

import type { ClientEngine, LinkWitness } from '#lab/link/link.ts';
import { recordText } from '#lab/record-text.ts';
import type { ClientRecord } from '#trace/records.ts';

type Log = { record(record: ClientRecord): void; now(): number };

/** A witness for `Link.transports` that writes every engine's packets into one log. */
export function engineWitness({ record, now }: Log): LinkWitness {
  const written = new WeakMap<object, number>();
  /** A closing engine forgets its id before it tells that it is closed. */
  const sids = new WeakMap<object, string>();
  const sidOf = (engine: ClientEngine): string => sids.get(engine) ?? engine.id;
  return {
    engine(engine) {
      engine.on('open', () => {
        sids.set(engine, engine.id);
        record(['opened', now(), engine.id, 'websocket']);
      });
      engine.on('packetCreate', (packet) => {
        const text = recordText(packet);
        if (text !== undefined) record(['created', now(), sidOf(engine), text]);
      });
      engine.on('packet', (packet) => {
        const text = recordText(packet);
        if (text !== undefined) record(['arrived', now(), sidOf(engine), text]);
      });
      engine.on('close', (reason) => {
        // An attempt that failed opened no session: it has no id that could be closed.
        const sid = sids.get(engine);
        if (sid !== undefined) record(['closed', now(), sid, reason]);
      });
    },
    written(engine, packets) {
      const more = packets.filter((packet) => recordText(packet) !== undefined).length;
      if (more === 0) return;
      const total = (written.get(engine) ?? 0) + more;
      written.set(engine, total);
      record(['written', now(), sidOf(engine), total]);
    },
  };
}
