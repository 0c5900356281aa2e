/**
 * The adapter of a lab: Socket.IO's own, in memory, with a witness of whom each broadcast was addressed to. Somebody
 * who was away never gets a packet, so that only here it can be seen that they were left out.
 */
import { Adapter, type BroadcastOptions, SessionAwareAdapter } from 'socket.io-adapter';
import { eventData } from '#lab/record-text.ts';
import type { ServerRecord } from '#trace/records.ts';

type Witness = { record(record: ServerRecord): void; now(): number };
type Broadcast = { readonly data?: unknown };

/** The ids that a broadcast goes to: members of any of its rooms (all, if it names none) but for those excepted. */
export function addressedBy(adapter: Adapter, { rooms, except }: BroadcastOptions): string[] {
  const idsIn = (names: Iterable<string>): Set<string> => {
    const ids = new Set<string>();
    for (const name of names) for (const id of adapter.rooms.get(name) ?? []) ids.add(id);
    return ids;
  };
  const candidates = rooms.size > 0 ? idsIn(rooms) : adapter.sids.keys();
  if (!except || except.size === 0) return [...candidates];
  const excepted = idsIn(except);
  return [...candidates].filter((id) => !excepted.has(id));
}

/** Writes down what an adapter does, before it does it. */
function watch(adapter: Adapter, witness: Witness): void {
  const namespace: string = adapter.nsp.name;
  adapter.on('join-room', (room: string, id: string) => witness.record(['joined', witness.now(), namespace, id, room]));
  adapter.on('leave-room', (room: string, id: string) => witness.record(['left', witness.now(), namespace, id, room]));
}

function tell(adapter: Adapter, witness: Witness, packet: Broadcast, options: BroadcastOptions): void {
  if (!Array.isArray(packet.data)) return;
  const { rooms, except } = options;
  const to = addressedBy(adapter, options);
  witness.record(['addressed', witness.now(), adapter.nsp.name, [...rooms], [...(except ?? [])], to, eventData(packet.data)]);
}

/**
 * `SessionAwareAdapter` starts an interval in its constructor, keeps no handle and never clears it, so that each closed
 * lab would stay in memory. This catches the handle while the constructor runs; the returned function ends the watch.
 */
function catchInterval(): () => NodeJS.Timeout | undefined {
  const real = globalThis.setInterval;
  let caught: NodeJS.Timeout | undefined;
  const spy = (...args: Parameters<typeof setInterval>) => {
    caught = real(...args);
    return caught;
  };
  globalThis.setInterval = Object.assign(spy, real);
  return () => {
    globalThis.setInterval = real;
    return caught;
  };
}

/** An adapter class for `new Server({ adapter })`. */
export function labAdapter(witness: Witness, recovery: boolean): typeof Adapter {
  const Base: typeof Adapter = recovery ? SessionAwareAdapter : Adapter;

  return class WitnessAdapter extends Base {
    readonly #interval: NodeJS.Timeout | undefined;

    constructor(namespace: unknown) {
      const caught = catchInterval();
      super(namespace);
      this.#interval = caught();
      watch(this, witness);
    }
    override broadcast(packet: Broadcast, options: BroadcastOptions): void {
      tell(this, witness, packet, options);
      super.broadcast(packet, options);
    }
    override broadcastWithAck(...args: Parameters<Adapter['broadcastWithAck']>): void {
      tell(this, witness, args[0], args[1]);
      super.broadcastWithAck(...args);
    }
    override close(): void {
      clearInterval(this.#interval);
    }
  };
}
