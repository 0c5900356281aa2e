/**
 * A scenario: a small program in two parts, server and client, that a lab runs for real, with what a
 * learner can do to it and what is asked beforehand. Plain Socket.IO, as a reader would write it; it
 * imports nothing that only Node has, so that it runs wherever an `io` exists.
 */
import type { Server } from 'socket.io';
import type { Socket } from 'socket.io-client';
import type { Trace } from '#trace/trace.ts';
import type { PersonId } from './people.ts';

/** What a scenario's server code may use besides `io`. Timers of its own end with the lab, or with its crash. */
export type LabTools = {
  every(ms: number, run: () => void): void;
  after(ms: number, run: () => void): void;
};

/** What a scenario's client code may use besides its socket. */
export type Page = {
  readonly me: PersonId;
  /** Writes a line in the client's pane and in the trace, as a page would show it. */
  show(text: string): void;
};

export type LabOptions = {
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** `connectionStateRecovery` with its default of two minutes. */
  readonly recovery: boolean;
  /** First and longest wait before a client tries to come back. */
  readonly reconnectionDelayMs: number;
  readonly reconnectionDelayMaxMs: number;
};

/** Short waits, so that a learner can watch; every lesson says so where it matters. */
export const DEFAULT_OPTIONS: LabOptions = {
  pingIntervalMs: 2_500,
  pingTimeoutMs: 2_000,
  recovery: false,
  reconnectionDelayMs: 1_000,
  reconnectionDelayMaxMs: 3_000,
};

/** The ways to lose a connection, each a button. */
export type WayToLose = 'polite' | 'cut' | 'black-hole' | 'change-network' | 'crash' | 'throw-out';

/** Something a client does when the learner clicks: it runs in that client's page. */
export type Action = {
  readonly id: string;
  readonly by: PersonId;
  /** A verb phrase: "Say something". */
  readonly label: string;
  /** The learner may change this text before it is sent. */
  readonly input?: { readonly initial: string; readonly maxLength: number };
  run(socket: Socket, page: Page, input: string): void;
};

/** Something the server does when the learner clicks, asked by no client: it runs in the server's program. */
export type ServerAct = {
  readonly id: string;
  /** A verb phrase: "tell the news". */
  readonly label: string;
  run(io: Server): void;
};

/** What is asked before a run, and how the trace answers it. */
export type Prediction =
  /** "How many of the three will Bo get?" Answered by counting delivered events `event` at `to`. */
  | {
      readonly kind: 'count';
      readonly ask: string;
      readonly event: string;
      readonly to: PersonId | 'server';
      readonly choices: readonly number[];
    }
  /** "Who receives it?" Answered by the set of clients at which `event` arrived. */
  | { readonly kind: 'recipients'; readonly ask: string; readonly event: string; readonly among: readonly PersonId[] }
  /** Anything else a trace can answer: `read` returns the id of the choice that came true. */
  | {
      readonly kind: 'choice';
      readonly ask: string;
      readonly choices: readonly { readonly id: string; readonly label: string }[];
      read(trace: Trace): string;
    };

/** Drives one lab as a learner would, from a script. Waits are for facts, never for time alone. */
export type Stage = {
  /** Runs an action of the scenario; `input` replaces its initial text. */
  act(actionId: string, input?: string): void;
  /** Lets the server do something by itself. Resolves when it has been seen to do it. */
  serverAct(actId: string): Promise<void>;
  lose(who: PersonId, way: Exclude<WayToLose, 'crash'>): void;
  /** Brings a client back, whichever way it was lost: plugs the cable in, or connects. */
  bringBack(who: PersonId): void;
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Resolves when every message so far has come to rest: nothing is in flight except into a black hole. */
  settled(): Promise<void>;
  /** Resolves when the client's program knows that it is (dis)connected. */
  clientKnows(who: PersonId, state: 'connected' | 'disconnected'): Promise<void>;
  /** Resolves when the server has noticed that this client is gone, or is there. */
  serverKnows(who: PersonId, state: 'connected' | 'disconnected'): Promise<void>;
  /** Resolves when this client's page has shown a line that contains `text`. */
  shown(who: PersonId, text: string): Promise<void>;
  /** A pause that makes the drawing readable; nothing may depend on it. */
  breathe(ms?: number): Promise<void>;
};

/** One experiment: a prediction, a script, and the reason why it ends as it does. */
export type Run = {
  readonly id: string;
  /** What the learner chooses: "Black-hole Bo’s cable". */
  readonly label: string;
  readonly predict: Prediction;
  /** What the run will do, before it is done: one sentence. */
  readonly plan: string;
  play(stage: Stage): Promise<void>;
  /** Why it ended so, in words a beginner understands; follows the sentence that the trace itself gives. */
  readonly because: string;
  /** Whose messages the tally counts, and which event; left out, there is no tally. */
  readonly tally?: { readonly event: string; readonly to: PersonId | 'server' };
};

export type Scenario = {
  readonly id: string;
  readonly title: string;
  /** One sentence: what to do. */
  readonly task: string;
  readonly clients: readonly PersonId[];
  readonly options?: Partial<LabOptions>;
  server(io: Server, lab: LabTools): void;
  /** Runs once for each client, before it connects: registers its listeners. */
  client(socket: Socket, page: Page): void;
  /** Options of `io()` that this scenario needs (`autoConnect`, `auth`), for one client. */
  clientOptions?(who: PersonId): { readonly autoConnect?: boolean; readonly auth?: Readonly<Record<string, string>> };
  readonly actions: readonly Action[];
  readonly serverActs?: readonly ServerAct[];
  readonly runs: readonly Run[];
  /** How much larger than usual its time is drawn: for runs that are over in a second. */
  readonly zoom?: number;
  /** Who can be lost, and how. */
  readonly lose?: { readonly who: PersonId; readonly ways: readonly WayToLose[] };
  /** The regions that the widget shows beside the diagram; `file`: the scenario file they stand in, left out for its own. */
  readonly code: readonly { readonly title: string; readonly side: 'server' | 'client'; readonly region: string; readonly file?: string }[];
};
