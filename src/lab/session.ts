/** A lab as one page sees it: its clients here, its server there, and everything that both wrote down. */
import type { ClientRecord, Logs } from '#trace/records.ts';
import type { LaneId } from '#trace/trace.ts';
import { LabClient } from './client/lab-client.ts';
import { type ControlLink, pageNow } from './control-link.ts';
import type { LabInfo, Result, ServerToPage } from './control-plane.ts';
import type { Lab, LabEnd } from './lab.ts';
import { LIMITS } from './limits.ts';
import { LogBook, shifted } from './log-book.ts';
import type { PersonId } from './people.ts';
import { readBatch } from './record-text.ts';
import type { LabOptions, Scenario, Stage, WayToLose } from './scenario.ts';
import { createStage } from './stage.ts';

export type SessionSettings = {
  readonly control: ControlLink;
  readonly url: string;
  readonly scenario: Scenario;
  readonly info: LabInfo;
  readonly mine: readonly PersonId[];
  /** All lanes, those of other devices among them. */
  readonly lanes: readonly LaneId[];
  readonly clockOffsetMs: number;
  /** Whether this page opened the lab, and so closes it. */
  readonly isOwner: boolean;
};

/** How long the control plane may be gone before the lab is given up, milliseconds. */
const GIVE_UP_MS = 3_000;

export class LabSession implements Lab {
  readonly id: string;
  readonly scenario: Scenario;
  readonly options: LabOptions;
  readonly mine: readonly PersonId[];
  readonly book: LogBook;
  readonly #settings: SessionSettings;
  readonly #clients: ReadonlyMap<PersonId, LabClient>;
  readonly #listeners = new Set<() => void>();
  readonly #unsent = new Map<LaneId, ClientRecord[]>();
  readonly #subscriptions: (() => void)[] = [];
  #end: LabEnd | undefined;
  #scheduled: ReturnType<typeof setTimeout> | undefined;
  #reporting: ReturnType<typeof setTimeout> | undefined;
  #givingUp: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: SessionSettings) {
    const { info, scenario, mine, lanes, clockOffsetMs } = settings;
    this.#settings = settings;
    this.id = info.lab;
    this.scenario = scenario;
    this.options = info.options;
    this.mine = mine;
    this.book = new LogBook({ lanes, clockOffsetMs, now: pageNow });
    this.#listen();
    this.#clients = new Map(mine.map((who) => [who, this.#makeClient(who)]));
  }

  logs(): Logs {
    return this.book.logs();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(): void {
    this.book.begin();
    this.#changed();
  }

  /** An action of somebody who lives in another page is done by this page's own client. */
  act(actionId: string, input?: string): void {
    const action = this.scenario.actions.find(({ id }) => id === actionId);
    const client = action && (this.#clients.get(action.by) ?? [...this.#clients.values()][0]);
    if (action && client) action.run(client.socket, client.page, input ?? action.input?.initial ?? '');
  }

  serverAct(actId: string): Promise<Result<null>> {
    return this.#settings.control.ask((socket, reply) => socket.emit('lab:act', { lab: this.id, act: actId }, reply));
  }

  async lose(who: PersonId, way: WayToLose): Promise<void> {
    if (way === 'crash') await this.crash();
    else this.#clients.get(who)?.lose(way);
  }

  bringBack(who: PersonId): void {
    this.#clients.get(who)?.bringBack();
  }

  crash(): Promise<Result<null>> {
    return this.#settings.control.ask((socket, reply) => socket.emit('lab:crash', { lab: this.id }, reply));
  }

  restart(): Promise<Result<null>> {
    return this.#settings.control.ask((socket, reply) => socket.emit('lab:restart', { lab: this.id }, reply));
  }

  setDelay(ms: number): void {
    for (const client of this.#clients.values()) client.setDelay(ms);
  }

  ended(): LabEnd | undefined {
    return this.#end;
  }

  stage(): Stage {
    return createStage(this);
  }

  /** Resolves when all clients that connect by themselves are connected. */
  async connected(): Promise<void> {
    const waiting = [...this.#clients.values()].filter(({ socket }) => socket.active && !socket.connected);
    await Promise.all(waiting.map(({ socket }) => new Promise<void>((resolve) => socket.once('connect', resolve))));
  }

  async close(): Promise<void> {
    for (const stop of this.#subscriptions) stop();
    clearTimeout(this.#reporting);
    clearTimeout(this.#givingUp);
    for (const client of this.#clients.values()) client.close();
    if (this.#settings.isOwner && !this.#end)
      await this.#settings.control.ask<null>((socket, reply) => socket.emit('lab:close', { lab: this.id }, reply));
    this.#end ??= 'closed';
    clearTimeout(this.#scheduled);
    this.#listeners.clear();
  }

  #makeClient(who: PersonId): LabClient {
    const { scenario, info, url, control } = this.#settings;
    return new LabClient({
      who,
      lab: info.lab,
      url,
      scenario,
      options: info.options,
      now: pageNow,
      record: (record) => this.#record(who, record),
      throwOut: (socketId) => void control.ask<null>((socket, reply) => socket.emit('lab:throw-out', { lab: info.lab, socketId }, reply)),
    });
  }

  /** Own records are drawn at once, and told to everybody else who watches in batches. */
  #record(who: PersonId, record: ClientRecord): void {
    this.book.addClient(who, [record]);
    const unsent = this.#unsent.get(who) ?? [];
    this.#unsent.set(who, unsent);
    unsent.push(record);
    this.#reporting ??= setTimeout(() => this.#report(), 2 * LIMITS.batchMs);
    this.#changed();
  }

  #report(): void {
    this.#reporting = undefined;
    const { control, info, clockOffsetMs } = this.#settings;
    for (const [lane, records] of this.#unsent) {
      const batch = records.splice(0, LIMITS.recordsPerReport).map((record) => shifted(record, clockOffsetMs));
      if (batch.length > 0 && control.socket.connected) control.socket.emit('lab:report', { lab: info.lab, lane, records: batch });
    }
  }

  #listen(): void {
    const { control, clockOffsetMs } = this.#settings;
    const on = <Event extends keyof ServerToPage>(event: Event, listener: ServerToPage[Event]) => {
      // The event map's listener types do not survive a generic event name.
      const { socket } = control;
      const typed = listener as Parameters<typeof socket.on<Event>>[1];
      socket.on(event, typed);
      this.#subscriptions.push(() => socket.off(event, typed));
    };
    on('lab:records', ({ lab, records }) => {
      if (lab !== this.id) return;
      this.book.addServer(readBatch(records));
      this.#changed();
    });
    on('lab:reports', ({ lab, lane, records }) => {
      if (lab !== this.id) return;
      this.book.addClient(
        lane,
        records.map((record) => shifted(record, -clockOffsetMs)),
      );
      this.#changed();
    });
    on('lab:lanes', ({ lab, lanes }) => {
      if (lab !== this.id) return;
      this.book.addLanes(lanes);
      this.#changed();
    });
    on('lab:ended', ({ lab, why }) => {
      if (lab === this.id) this.#finish(why);
    });
    const { socket } = control;
    const onLoss = () => {
      this.#givingUp ??= setTimeout(() => this.#finish('unreachable'), GIVE_UP_MS);
    };
    socket.on('disconnect', onLoss);
    this.#subscriptions.push(() => socket.off('disconnect', onLoss));
  }

  #finish(end: LabEnd): void {
    if (this.#end) return;
    this.#end = end;
    for (const client of this.#clients.values()) client.close();
    this.#changed();
  }

  /** Many records come in one tick; whoever draws is told once. */
  #changed(): void {
    this.#scheduled ??= setTimeout(() => {
      this.#scheduled = undefined;
      for (const listener of [...this.#listeners]) listener();
    }, 16);
  }
}
