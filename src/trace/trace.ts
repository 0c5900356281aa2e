/**
 * The Trace: what happened, in order. Labs, simulators and captures all end as this type; one
 * sequence diagram draws it, tests assert on it, predictions are graded on it.
 * A trace is plain data: it can be saved, shared, replayed and compared.
 */

/** Milliseconds since the trace began. */
export type Ms = number;

/** Names a lane: `server`, or a client such as `ada`. */
export type LaneId = string;

/** `host` and `router` stand in simulated networks, where either end may begin. */
export type LaneRole = 'client' | 'server' | 'host' | 'router';

export type Lane = { readonly id: LaneId; readonly name: string; readonly role: LaneRole };

/** What broke the connection that a message was lost on, as far as the logs show it. */
type ConnectionCause = 'black-hole' | 'cut' | 'network-change' | 'crash' | 'closed' | 'refused';

/**
 * Why one packet died, in a network that is simulated. `loss`: the wire lost it. `too-big`: longer than the next link
 * carries, and not to be cut.
 */
export type PacketCause = 'loss' | 'queue-full' | 'ttl' | 'too-big' | 'link-down';

export type LossCause = ConnectionCause | PacketCause;

/**
 * What became of a message for one recipient. Each intended recipient has exactly one fate, so
 * "meant for Bo" is always the sum of Bo's fates.
 */
export type Fate =
  /** Written or about to be; it may still arrive. `due`: when a packet of a simulated network is to arrive, in a trace that is shown as it was before. */
  | { readonly kind: 'in-flight'; readonly due?: Ms }
  /** Waits in its sender's buffer until there is a connection. */
  | { readonly kind: 'buffered' }
  /** Arrived. `replayed`: kept by connection state recovery and sent after the return. */
  | { readonly kind: 'delivered'; readonly at: Ms; readonly replayed: boolean }
  /**
   * Left its program and died: on the wire, unwritten in a buffer that died with its connection, at a port where nobody waits,
   * or in the host or router that was to put it on the wire (`device`).
   */
  | { readonly kind: 'lost'; readonly place: 'wire' | 'unwritten' | 'port' | 'device'; readonly cause: LossCause; readonly knownAt: Ms }
  /** No packet was ever made for this recipient: it was away, the event was volatile, or it expired while it waited. */
  | { readonly kind: 'never-sent'; readonly reason: 'away' | 'volatile' | 'expired' };

export type FateKind = Fate['kind'];

/**
 * What a packet is for. `control`: connect, disconnect and refusal packets of Socket.IO. `socket`: what a program did to a
 * plain socket for the other end to notice: it connected, wrote, ended. `packet`: what one link of a simulated network carried.
 */
export type MessageKind = 'event' | 'ack' | 'control' | 'heartbeat' | 'socket' | 'packet';

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
  /** The bytes of the whole frame as hex, for a `packet`. */
  readonly frame?: string;
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
  /** How many times slower it is drawn and played than it happened: 1 where missing. Times are those that it happened at. */
  readonly slowed?: number;
  /**
   * `even`: each moment is drawn at the same distance from the next, and the axis says when it was. For captures, in which
   * microseconds and seconds stand side by side and the order is what one reads.
   */
  readonly spacing?: 'even';
};
