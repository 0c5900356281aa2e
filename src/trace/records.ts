/**
 * The two logs a trace is made from: one kept beside the server's engine, one beside each client's.
 * Tuples, because they are streamed by the hundred: `[kind, t, …]`, `t` in milliseconds of the
 * writer's own clock (`performance.timeOrigin + performance.now()`). Order within a log is the order
 * of the tuples, never of `t`.
 *
 * `sid` names an Engine.IO session, `socketId` a Socket.IO socket on it. `text` is one Engine.IO packet as it
 * crosses a WebSocket (`42["chat","hi"]`, `2`); a binary attachment is written as in a polling body, `b` + base64,
 * cut after 64 bytes.
 */
import type { Lane, LaneId } from './trace.ts';

type T = number;

/**
 * The beginning of a log is gone: so many packets of this session were made here and arrived here, messages and heartbeats
 * apart, and so many had been written. It stands before all that is left, so that the n-th packet stays the n-th.
 */
export type SkippedRecord = readonly [
  'skipped',
  T,
  sid: string,
  madeMessages: number,
  madeBeats: number,
  arrivedMessages: number,
  arrivedBeats: number,
  written: number,
];

export type ServerRecord =
  | SkippedRecord
  /** The lab's server has started, or has started again after a crash. */
  | readonly ['started', T]
  /** The lab's server was killed. Nothing of it ran afterwards. */
  | readonly ['crashed', T]
  /** The learner let the server do something by itself: `label` says what, as a verb phrase. What it sends follows directly. */
  | readonly ['acted', T, label: string]
  /** The lab is over: `closed` by its learner, `expired`, or `stopped` with the whole server. */
  | readonly ['ended', T, why: string]
  | readonly ['opened', T, sid: string, transport: string]
  /** The n-th packet for this session was made (n = how many of these came before). */
  | readonly ['created', T, sid: string, text: string]
  /** So many packets in all (message, ping and pong) have now been handed to the transport of this session. */
  | readonly ['written', T, sid: string, total: number]
  /** A packet of the client arrived. */
  | readonly ['arrived', T, sid: string, text: string]
  /** `unwritten`: how many packets died in the session's write buffer. */
  | readonly ['closed', T, sid: string, reason: string, unwritten: number]
  | readonly ['connected', T, sid: string, socketId: string, namespace: string, recovered: boolean]
  | readonly ['disconnected', T, sid: string, socketId: string, namespace: string, reason: string]
  | readonly ['joined', T, namespace: string, socketId: string, room: string]
  | readonly ['left', T, namespace: string, socketId: string, room: string]
  /**
   * A broadcast (or, with recovery on, any emit of the server) and the sockets that it was addressed to.
   * `rooms` empty = everybody in the namespace. `data` is the JSON of `[event, …args]`. Its `created` records follow directly.
   */
  | readonly ['addressed', T, namespace: string, rooms: readonly string[], except: readonly string[], to: readonly string[], data: string]
  /** A volatile event for this session was dropped: `onAnyOutgoing` saw it, no packet was made. `data` is the JSON of `[event, …args]`. */
  | readonly ['dropped', T, sid: string, data: string]
  /** A handler of the scenario began to run: `connection`, `chat`, `disconnect`. */
  | readonly ['ran', T, sid: string, handler: string]
  /** The shield caught something: `threw`, `rejected`, `too deep`, `too big`, `too many events`, `encode failed`. */
  | readonly ['trouble', T, what: string, detail: string];

/** Ways to lose a connection and to come back: what a learner does to one client. */
export type LinkAct =
  /** `socket.disconnect()`: a polite goodbye. */
  | 'disconnect'
  /** `socket.connect()` after it. */
  | 'connect'
  /** The cable is cut: both sides notice, dialling fails until `plug`. */
  | 'cut'
  /** Packets go in and nothing comes out; nobody is told, until `plug`. */
  | 'black-hole'
  /** The cable is whole again. */
  | 'plug'
  /** The device moves to another network: the client knows at once, the server hears nothing. */
  | 'change-network'
  /** The server throws this client out. */
  | 'throw-out';

export type ClientRecord =
  | SkippedRecord
  | readonly ['opened', T, sid: string, transport: string]
  | readonly ['created', T, sid: string, text: string]
  | readonly ['written', T, sid: string, total: number]
  | readonly ['arrived', T, sid: string, text: string]
  | readonly ['closed', T, sid: string, reason: string]
  | readonly ['connected', T, sid: string, socketId: string, namespace: string, recovered: boolean]
  | readonly ['disconnected', T, namespace: string, reason: string]
  /** Attempt `attempt` to come back will start in `delayMs`. */
  | readonly ['retrying', T, attempt: number, delayMs: number]
  /** An attempt failed, or the server refused the connection. */
  | readonly ['failed', T, message: string]
  /** The program called `emit` while connected (`sent`), or not (`buffered`), or it was volatile (`dropped`). `data`: JSON of `[event, …args]`. */
  | readonly ['emitted', T, emitId: number, outcome: 'sent' | 'buffered' | 'dropped', namespace: string, data: string]
  /** A buffered emit gave up waiting: its `timeout()` ran out, and it left the buffer. */
  | readonly ['expired', T, emitId: number]
  | readonly ['act', T, act: LinkAct]
  /** The scenario's client code wrote a line on its page. */
  | readonly ['shown', T, text: string];

/** Everything one lab wrote down: the input of `assemble`, and what a recording holds. */
export type Logs = {
  readonly lanes: readonly Lane[];
  /** When the learner's run began, on the page's clock. What happened earlier sets the scene and is not drawn. */
  readonly since: number;
  /** Until when, on the page's clock. */
  readonly until: number;
  /** Estimate of server clock minus page clock, from the fastest control-plane round trip, ms. */
  readonly clockOffsetMs: number;
  readonly server: readonly ServerRecord[];
  readonly clients: Readonly<Record<LaneId, readonly ClientRecord[]>>;
};
