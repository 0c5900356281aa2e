/** What a widget knows of a bench of plain sockets, wherever its sockets are. */
import type { SocketRecord } from '#trace/sockets/records.ts';
import type { Result } from '../control-plane.ts';
import type { SocketStep } from './steps.ts';

export type BenchEnd = 'closed' | 'expired' | 'stopped' | 'unreachable';

export type SocketBench = {
  /** Everything that has happened so far, in order. A new list after each change. */
  records(): readonly SocketRecord[];
  /** Does one step, and answers with the number that its records carry; what it causes at the other end may come later. */
  step(step: SocketStep): Promise<Result<{ readonly step: number }>>;
  /** Called after each change. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Set once the bench is over, and why. The records stay. */
  ended(): BenchEnd | undefined;
  close(): Promise<void>;
};

export type BenchHost = {
  open(): Promise<Result<SocketBench>>;
  /** Ends the connection to the host, and every bench with it. */
  leave(): void;
};
