/** All labs of this server: opened within caps, found by id, closed when their time is over. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { LabInfo, Result } from '#lab/control-plane.ts';
import type { Scenario } from '#lab/scenario.ts';
import type { ServerRecord } from '#trace/records.ts';
import type { LaneId } from '#trace/trace.ts';
import { LabRoom } from './room.ts';

export type RegistrySettings = {
  readonly scenarios: readonly Scenario[];
  readonly maxLabs: number;
  readonly maxLabsPerAddress: number;
  readonly maxLabsPerWatcher: number;
  readonly unwatchedMs: number;
  readonly lifeMs: number;
  now(): number;
  /** A batch of a lab's records is ready, as text. */
  records(lab: string, records: string): void;
  counted(record: ServerRecord): void;
  opened(room: LabRoom): void;
  /** Called when a lab goes: its last records have been handed to `records`, and its watchers still listen. */
  ending(room: LabRoom, why: LabEnding): void;
};

export type LabEnding = 'closed' | 'expired' | 'stopped';

export type Visitor = { readonly watcher: string; readonly address: string };

/** 128 bits: whoever knows a lab's id may use it, so it must not be guessed. */
const newId = (): string => randomBytes(16).toString('base64url');

const LAB_PATH = /^\/labs\/([\w-]{1,64})\/socket\.io\//;

export class LabRegistry {
  readonly #rooms = new Map<string, LabRoom>();
  readonly #settings: RegistrySettings;
  readonly #inside = new AsyncLocalStorage<string>();
  #isStopping = false;

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#rooms.size;
  }
  get connections(): number {
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.connections, 0);
  }

  get(id: string): LabRoom | undefined {
    return this.#rooms.get(id);
  }

  /** The lab that a path belongs to: `'none'` if the path is no lab's, undefined if that lab is not there. */
  route(path: string): LabRoom | undefined | 'none' {
    const id = LAB_PATH.exec(path)?.[1];
    return id === undefined ? 'none' : this.#rooms.get(id);
  }

  open({ watcher, address }: Visitor, scenarioId: string, lanes: readonly LaneId[]): Result<LabInfo> {
    const { scenarios, maxLabs, maxLabsPerAddress, maxLabsPerWatcher } = this.#settings;
    if (this.#isStopping) return { ok: false, why: 'shutting-down' };
    const scenario = scenarios.find(({ id }) => id === scenarioId);
    if (!scenario) return { ok: false, why: 'unknown-scenario' };
    const rooms = [...this.#rooms.values()];
    if (rooms.length >= maxLabs) return { ok: false, why: 'lab-limit' };
    if (rooms.filter((room) => room.address === address).length >= maxLabsPerAddress) return { ok: false, why: 'visitor-limit' };
    if (rooms.filter((room) => room.watchers.has(watcher)).length >= maxLabsPerWatcher) return { ok: false, why: 'visitor-limit' };
    const room = this.#make(scenario, address);
    room.watch(watcher, lanes);
    this.#settings.opened(room);
    return { ok: true, value: room.info };
  }

  close(id: string, why: LabEnding): void {
    const room = this.#rooms.get(id);
    if (!room) return;
    this.#rooms.delete(id);
    room.close(why);
    this.#settings.ending(room, why);
  }

  /** Ends every lab, and opens no more: the server is being stopped. */
  closeAll(): void {
    this.#isStopping = true;
    for (const id of [...this.#rooms.keys()]) this.close(id, 'stopped');
  }

  /** The lab whose code is running now, if any: the last net for what a timer of a scenario throws. */
  labInside(): string | undefined {
    return this.#inside.getStore();
  }

  #make(scenario: Scenario, address: string): LabRoom {
    const { unwatchedMs, lifeMs, now, counted } = this.#settings;
    const id = newId();
    const room = new LabRoom({
      id,
      address,
      scenario,
      unwatchedMs,
      lifeMs,
      now,
      counted,
      send: (records) => this.#settings.records(id, records),
      runInside: (work) => this.#inside.run(id, work),
      expired: () => this.close(id, 'expired'),
    });
    this.#rooms.set(id, room);
    return room;
  }
}
