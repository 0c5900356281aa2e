/**
 * From paired packets and both logs to messages: what each program said, to whom it was meant, and what became of it.
 * Pure.
 */
import { ClientEmits } from './client-emits.ts';
import type { Draft } from './drafts.ts';
import { causeOfLoss } from './link-history.ts';
import { readPacketText } from './packet-text.ts';
import { ServerEmits } from './server-emits.ts';
import type { Packet, Session } from './sessions.ts';
import { SERVER, serverEnd, sessionEnd, type Timeline } from './timeline.ts';
import type { Fate, Message, Ms } from './trace.ts';

const timeOf = (timeline: Timeline, { direction, createdAt }: Packet): Ms =>
  direction === 'c2s' ? timeline.fromPage(createdAt) : timeline.fromServer(createdAt);

const arrivalOf = (timeline: Timeline, { direction }: Packet, arrivedAt: number): Ms =>
  direction === 'c2s' ? timeline.fromServer(arrivedAt) : timeline.fromPage(arrivedAt);

/** `stuck`: the first part of the message that did not arrive. */
function lossOf(timeline: Timeline, session: Session, { stuck, knownAt }: { stuck: Packet; knownAt: Ms }): Fate {
  const { logs } = timeline;
  const serverEndedAt = serverEnd(timeline, session) ?? Number.POSITIVE_INFINITY;
  const cause = causeOfLoss(logs.clients[session.lane] ?? [], {
    openedAt: session.clientOpenedAt ?? Number.NEGATIVE_INFINITY,
    clientEndedAt: session.clientClosedAt ?? Number.POSITIVE_INFINITY,
    serverEndedAt: serverEndedAt + logs.since,
    isCrash: session.serverDied?.by === 'crashed',
  });
  return { kind: 'lost', place: stuck.written ? 'wire' : 'unwritten', cause, knownAt };
}

/** A message has arrived when all its parts have. They arrive in order. */
function fateOf(timeline: Timeline, session: Session, packet: Packet): Fate {
  if (packet.isForgotten) return { kind: 'delivered', at: timeOf(timeline, packet), replayed: false };
  const stuck = [packet, ...packet.attachments].find(({ arrivedAt }) => arrivedAt === undefined);
  if (stuck) {
    const end = sessionEnd(timeline, session);
    return end === undefined ? { kind: 'in-flight' } : lossOf(timeline, session, { stuck, knownAt: end });
  }
  const arrivedAt = (packet.attachments.at(-1) ?? packet).arrivedAt ?? packet.createdAt;
  return { kind: 'delivered', at: Math.max(timeOf(timeline, packet), arrivalOf(timeline, packet, arrivedAt)), replayed: false };
}

/** The message that a packet is, before anything is known of who said it and why. */
function messageOf(timeline: Timeline, session: Session, packet: Packet): Draft {
  const { sid, lane, direction, beat, n, text, attachments } = packet;
  const { what, label, event } = readPacketText(text);
  return {
    kind: 'message',
    id: `${sid}:${direction}:${beat ? 'b' : 'm'}${n}`,
    from: direction === 'c2s' ? lane : SERVER,
    to: direction === 'c2s' ? SERVER : lane,
    what,
    sentAt: timeOf(timeline, packet),
    label,
    ...(event && { event }),
    text,
    attachments: attachments.map((attachment) => attachment.text),
    fate: fateOf(timeline, session, packet),
    duplicates: [],
  };
}

/** Of the copies of one emission for one lane, the best counts; the others went to sessions that the lane had left. */
function markSurplus(messages: readonly Draft[]): void {
  const best = new Map<string, Draft>();
  const rank = ({ fate }: Draft): number => (fate.kind === 'delivered' ? 2 : fate.kind === 'in-flight' ? 1 : 0);
  for (const message of messages) {
    if (message.emission === undefined) continue;
    const key = `${message.emission} ${message.to}`;
    const rival = best.get(key);
    if (!rival || rank(message) > rank(rival)) {
      if (rival) rival.surplus = true;
      best.set(key, message);
    } else message.surplus = true;
  }
}

/** All messages of a lab's logs, in no order yet. */
export function readMessages(timeline: Timeline): readonly Message[] {
  const made: Draft[] = [];
  /** Their emits are accounted for, but when they arrived is not known any more: they are not told. */
  const forgotten = new Set<Draft>();
  const byIndex = new Map<string, Draft>();
  for (const session of timeline.sessions.values()) {
    for (const packet of session.packets) {
      const message = messageOf(timeline, session, packet);
      made.push(message);
      if (packet.isForgotten) forgotten.add(message);
      byIndex.set(`${packet.direction === 'c2s' ? packet.lane : 'server'}:${packet.index}`, message);
    }
  }
  const clients = new ClientEmits(timeline, byIndex);
  for (const lane of Object.keys(timeline.logs.clients)) clients.read(lane);
  const server = new ServerEmits(timeline, byIndex);
  server.read();
  const all = [...made.filter((message) => !server.retold.has(message)), ...clients.extra, ...server.extra];
  markSurplus(all);
  return all.filter((message) => !forgotten.has(message));
}
