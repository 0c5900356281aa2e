/**
 * What a widget knows of a lab. The same interface whether the lab's server runs beside the site or,
 * later, inside the page: no widget knows where its lab runs.
 */
import type { LinkAct, Logs } from '#trace/records.ts';
import type { LaneId } from '#trace/trace.ts';
import type { Refusal, Result } from './control-plane.ts';
import type { PersonId } from './people.ts';
import type { LabOptions, Scenario, Stage, WayToLose } from './scenario.ts';

export type LabEnd = 'closed' | 'expired' | 'stopped' | 'unreachable';

/** A lab, open. Everything that happens in it is in `logs()`; whoever draws subscribes with `onChange`. */
export type Lab = {
  readonly id: string;
  readonly scenario: Scenario;
  readonly options: LabOptions;
  /** The clients that live in this page; a second device has one, its own. */
  readonly mine: readonly PersonId[];
  /** All that was written down so far, for `assemble` and the panes. A new object after each change. */
  logs(): Logs;
  /** Called after a change, at most once in a frame. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Sets when the run began; earlier records stay, for the panes, but are not drawn. */
  begin(): void;
  act(actionId: string, input?: string): void;
  /** Lets the server do something by itself. */
  serverAct(actId: string): Promise<Result<null>>;
  lose(who: PersonId, way: WayToLose): Promise<void>;
  bringBack(who: PersonId): void;
  crash(): Promise<Result<null>>;
  restart(): Promise<Result<null>>;
  /** One-way delay of every link of this page, milliseconds. */
  setDelay(ms: number): void;
  /** Set once the lab is over, and why. The logs stay readable. */
  ended(): LabEnd | undefined;
  /** A stage on which a run's script plays. */
  stage(): Stage;
  /** Closes the clients and, if this page opened it, the lab. */
  close(): Promise<void>;
};

/** How a lab's server is reached: by the companion server, or (later) a worker in the page. */
export type LabHost = {
  open(scenario: Scenario): Promise<Result<Lab>>;
  /** Joins a lab that another page shared. The scenario is looked up by its id. */
  join(lab: string, scenarioOf: (id: string) => Scenario | undefined): Promise<Result<Lab>>;
  /** Ends the connection to the host. */
  leave(): void;
};

export type { LaneId, LinkAct, Refusal };
