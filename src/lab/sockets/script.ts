/**
 * A script for a bench of sockets: the steps that a learner is offered, what is asked beforehand, and what to say after each
 * step. Plain data and pure functions; it runs wherever a bench does.
 */
import type { SocketName, SocketRecord } from '#trace/sockets/records.ts';
import type { SocketRow } from '#trace/sockets/table.ts';
import type { HOLDERS, SocketStep } from './steps.ts';

export type Holder = (typeof HOLDERS)[number];

/** What can be seen after a step: the table, and what the step itself has brought. */
export type Seen = {
  row(name: SocketName): SocketRow | undefined;
  readonly rows: readonly SocketRow[];
  readonly records: readonly SocketRecord[];
};

/** One thing to do. */
export type BenchAct = {
  readonly id: string;
  /** A verb phrase: "Connect Ada". */
  readonly label: string;
  /** Under which heading its button stands. */
  readonly group: string;
  readonly step: SocketStep;
  /** The learner may change the text that it sends. */
  readonly input?: { readonly maxLength: number };
  /** What happened and why, in a sentence or two. */
  says(seen: Seen): string;
};

export type BenchScript = {
  readonly id: string;
  readonly title: string;
  /** One sentence: what to do. */
  readonly task: string;
  /** Who takes part, in the order of the lanes. */
  readonly lanes: readonly Holder[];
  /** To whom the others turn: these rows stand first in the table, and an arrow that is meant for nobody points here. */
  readonly hub: Holder;
  readonly predict: {
    readonly ask: string;
    readonly choices: readonly { readonly id: string; readonly label: string }[];
    /** The choice that came true; undefined while that cannot be told yet. */
    read(rows: readonly SocketRow[], records: readonly SocketRecord[]): string | undefined;
    /** Why it came out so. */
    readonly because: string;
  };
  readonly acts: readonly BenchAct[];
  /** The acts, by id, in the order in which a learner is led through them, and a recording is made. */
  readonly path: readonly string[];
};

/**
 * A run of a script's path that was made earlier. The records of the n-th act have `step` n, from 1. `calls`: what the kernel
 * was asked for in each act, by its id, in a run of its own under strace.
 */
export type BenchRecording = {
  readonly acts: readonly string[];
  readonly records: readonly SocketRecord[];
  readonly calls: Readonly<Record<string, readonly string[]>>;
};
