/**
 * The control plane: one Socket.IO connection of a page to the companion server, by which labs are
 * opened, watched, crashed, restarted and closed. Page and server share this map.
 */
import type { ClientRecord } from '#trace/records.ts';
import type { SocketRecord } from '#trace/sockets/records.ts';
import type { LaneId } from '#trace/trace.ts';
import type { LabOptions } from './scenario.ts';
import type { SocketStep } from './sockets/steps.ts';

/** Why a request was refused. A person reads `src/lab/refusals.ts`, never the code. */
export type Refusal =
  | 'bad-request'
  | 'too-fast'
  | 'unknown-scenario'
  | 'unknown-lab'
  | 'lab-limit'
  | 'visitor-limit'
  | 'lab-full'
  | 'unknown-bench'
  | 'bench-limit'
  | 'bench-full'
  | 'bench-spent'
  | 'not-now'
  | 'shutting-down'
  | 'unreachable'
  | 'failed';

export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: Refusal };
export type Reply<Value> = (result: Result<Value>) => void;

export type LabInfo = {
  readonly lab: string;
  readonly scenario: string;
  readonly options: LabOptions;
  readonly running: boolean;
};

/** A page that joins a lab which another page opened: what has happened there, and the lane that is its own. */
export type JoinedLab = LabInfo & {
  readonly lane: LaneId;
  /** Batches of the server's records, as `lab:records` carried them. */
  readonly server: readonly string[];
  /** Logs of the other pages' clients, in server time. */
  readonly clients: Readonly<Record<LaneId, readonly ClientRecord[]>>;
  /** Lanes in use, this page's among them. */
  readonly lanes: readonly LaneId[];
};

export type PageToServer = {
  'lab:open': (request: { scenario: string; lanes: readonly LaneId[] }, reply?: Reply<LabInfo>) => void;
  'lab:join': (request: { lab: string }, reply?: Reply<JoinedLab>) => void;
  'lab:crash': (request: { lab: string }, reply?: Reply<null>) => void;
  'lab:restart': (request: { lab: string }, reply?: Reply<null>) => void;
  /** Lets the lab's server do something that its scenario offers. */
  'lab:act': (request: { lab: string; act: string }, reply?: Reply<null>) => void;
  'lab:throw-out': (request: { lab: string; socketId: string }, reply?: Reply<null>) => void;
  'lab:close': (request: { lab: string }, reply?: Reply<null>) => void;
  /** The log of one of this page's clients, for everybody else who watches. Times are already in server time. */
  'lab:report': (request: { lab: string; lane: LaneId; records: readonly ClientRecord[] }) => void;
  /** Opens a bench of plain sockets on the server's loopback interface; it ends with this connection. */
  'sockets:open': (request: null, reply?: Reply<{ readonly bench: string }>) => void;
  /**
   * Does one step. The answer, the number that its records carry, comes when the step itself is over; records of what it
   * caused may still follow.
   */
  'sockets:step': (request: { bench: string; step: SocketStep }, reply?: Reply<{ readonly step: number }>) => void;
  'sockets:close': (request: { bench: string }, reply?: Reply<null>) => void;
  /** Answers with the server's clock: `performance.timeOrigin + performance.now()`. */
  clock: (request: null, reply?: Reply<number>) => void;
};

export type ServerToPage = {
  /** `records`: ServerRecord[] as JSON text. One string costs the server's encoder less than a tree that it has to walk. */
  'lab:records': (batch: { lab: string; records: string }) => void;
  'lab:reports': (batch: { lab: string; lane: LaneId; records: readonly ClientRecord[] }) => void;
  /** A second device has joined, under this lane; or has left. */
  'lab:lanes': (news: { lab: string; lanes: readonly LaneId[] }) => void;
  'lab:ended': (news: { lab: string; why: 'closed' | 'expired' | 'stopped' }) => void;
  'sockets:record': (news: { bench: string; record: SocketRecord }) => void;
  'sockets:ended': (news: { bench: string; why: 'closed' | 'expired' | 'stopped' }) => void;
};

export const CONTROL_PATH = '/socket.io/';
export const labPath = (lab: string): string => `/labs/${lab}/socket.io/`;
