/** The logs of a lab on one axis of time. Pure. */
import { clampOffset, offsetBounds } from './clocks.ts';
import type { Logs } from './records.ts';
import { correlate, type Session } from './sessions.ts';
import type { LaneId, Ms } from './trace.ts';

export const SERVER: LaneId = 'server';

/** Everything in page time, counted from the beginning of the run. */
export type Timeline = {
  readonly logs: Logs;
  readonly sessions: ReadonlyMap<string, Session>;
  /** Server clock and page clock to the time of the trace, ms. */
  fromServer(t: number): Ms;
  fromPage(t: number): Ms;
};

export function timelineOf(logs: Logs): Timeline {
  const { sessions } = correlate(logs.server, logs.clients);
  const offset = clampOffset(logs.clockOffsetMs, offsetBounds(sessions.values()));
  return { logs, sessions, fromPage: (t) => t - logs.since, fromServer: (t) => t - offset - logs.since };
}

/** When the server was done with a session, in the time of the trace; undefined while it may still hear of it. */
export function serverEnd({ fromServer }: Timeline, { serverClosedAt, serverDied }: Session): Ms | undefined {
  const at = serverClosedAt ?? serverDied?.at;
  return at === undefined ? undefined : fromServer(at);
}

/** When both sides were done with a session; undefined while either may still hear of it. */
export function sessionEnd(timeline: Timeline, session: Session): Ms | undefined {
  const server = serverEnd(timeline, session);
  if (session.clientClosedAt === undefined || server === undefined) return undefined;
  return Math.max(timeline.fromPage(session.clientClosedAt), server);
}
