/**
 * The Trace: what happened, in order. Labs, simulators and captures all end as this type; one
 * sequence diagram draws it, tests assert on it, predictions are graded on it.
 * A trace is plain data: it can be saved, shared, replayed and compared.
 */

/** Milliseconds since the trace began. */
export type Ms = number;

/** Names a lane: `server`, or a client such as `ada`. */
export type LaneId = string;

export type Lane = { readonly id: LaneId; readonly name: string; readonly role: 'client' | 'server' };

/** What broke the connection that a message was lost on, as far as the logs show it. */
export type LossCause = 'black-hole' | 'cut' | 'network-change' | 'crash' | 'closed';

/**
 * What became of a message for one recipient. Each intended recipient has exactly one fate, so
 * "meant for Bo" is always the sum of Bo's fates.
 */
export type Fate =
  /** Written or about to be; it may still arrive. */
  | { readonly kind: 'in-flight' }
  /** Waits in its sender's buffer until there is a connection. */
  | { readonly kind: 'buffered' }
  /** Arrived. `replayed`: kept by connection state recovery and sent after the return. */
  | { readonly kind: 'delivered'; readonly at: Ms; readonly replayed: boolean }
  /** Left its program and died: on the wire, or unwritten in a buffer that died with its connection. */
  | { readonly kind: 'lost'; readonly place: 'wire' | 'unwritten'; readonly cause: LossCause; readonly knownAt: Ms }
  /** No packet was ever made for this recipient: it was away, the event was volatile, or it expired while it waited. */
  | { readonly kind: 'never-sent'; readonly reason: 'away' | 'volatile' | 'expired' };

export type FateKind = Fate['kind'];

/** What a packet is for. `control`: connect, disconnect and refusal packets of Socket.IO. */
export type MessageKind = 'event' | 'ack' | 'control' | 'heartbeat';

/** One packet for one recipient: an arrow in the diagram. */
export type Message = {
  readonly kind: 'message';
  /** Stable while the trace grows, so that a view can keep what it drew. */
  readonly id: string;
  readonly from: LaneId;
  readonly to: LaneId;
  readonly what: MessageKind;
  /** When the program said it. */
  readonly sentAt: Ms;
  /** When it left the sender's buffer, if it waited there. */
  readonly leftAt?: Ms;
  /** Short text on the arrow: `chat "one"`, `ack 0`, `connect`, `ping`. */
  readonly label: string;
  /** Name and arguments, for an event (arguments alone for an ack, whose name is empty). */
  readonly event?: { readonly name: string; readonly args: readonly unknown[] };
  /** What crosses the wire in one WebSocket message: `42["chat","hi"]`, `2`. Empty when nothing was ever encoded. */
  readonly text: string;
  /** Attachments that follow, as Engine.IO's base64 text (`bAQIDBA==`). */
  readonly attachments: readonly string[];
  readonly fate: Fate;
  /** Later arrivals of the same message, outside the sum of fates. */
  readonly duplicates: readonly Ms[];
  /** Joins the copies of one broadcast: all messages that one `emit` meant to send. */
  readonly emission?: string;
  /** A second copy to the same lane, for a session that it has left: outside the sum of fates. */
  readonly surplus?: true;
};

/** A point in time at one lane that deserves a sentence. */
export type Note = {
  readonly kind: 'note';
  readonly id: string;
  readonly lane: LaneId;
  readonly at: Ms;
  /** `act`: the learner did it. `fact`: a program noticed or did it. `shown`: the page of that client shows it. */
  readonly by: 'act' | 'fact' | 'shown';
  readonly text: string;
};

/** A stretch of time at one lane. `to` is missing while it lasts. */
export type Span = {
  readonly kind: 'span';
  readonly id: string;
  readonly lane: LaneId;
  readonly from: Ms;
  readonly to?: Ms;
  /**
   * `offline`: this client cannot be reached. `down`: the server is crashed.
   * `belief`: this lane believes something untrue ("Bo is connected").
   */
  readonly what: 'offline' | 'down' | 'belief';
  readonly text: string;
};

export type TraceEvent = Message | Note | Span;

export type Trace = {
  readonly version: 1;
  readonly lanes: readonly Lane[];
  /** In order of time (`sentAt`, `at`, `from`); ties keep the order of the logs. */
  readonly events: readonly TraceEvent[];
  /** Until when the trace has been watched. */
  readonly endsAt: Ms;
};
