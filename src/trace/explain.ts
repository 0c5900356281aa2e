/** One paragraph that says what became of somebody's messages, and why. Pure; every word follows from the trace. */
import { meantFor } from './fates.ts';
import type { FateKind, LaneId, LossCause, Message, Trace } from './trace.ts';

/** Text with marks that a view may style. */
export type RichPart = { readonly text: string; readonly as: 'text' | 'code' | FateKind };

const plain = (text: string): RichPart => ({ text, as: 'text' });
const SEVERAL = 3;

/** What a person calls a message: its first text, or its label. */
function wordOf({ event, label }: Message): string {
  const [first] = event?.args ?? [];
  return typeof first === 'string' ? first : label;
}

/** `one`, `two` and `three`; or a count, where there are many. */
function listOf(messages: readonly Message[]): readonly RichPart[] {
  if (messages.length > SEVERAL) return [plain(`${messages.length} messages`)];
  return messages.flatMap((message, index) => {
    const joint = index === 0 ? [] : [plain(index === messages.length - 1 ? ' and ' : ', ')];
    return [...joint, { text: wordOf(message), as: 'code' } satisfies RichPart];
  });
}

/** How it died on its way from a client to the server, or from the server to a client. */
const ON_THE_WIRE: Record<LossCause, (client: string) => { readonly up: string; readonly down: string }> = {
  'black-hole': (client) => ({
    up: ` on the wire while ${client} still believed the connection was fine`,
    down: ` on the wire while the server still believed ${client} was connected`,
  }),
  'network-change': (client) => ({
    up: ` on the wire, under way when ${client}’s device changed network`,
    down: ` on the wire: the server sent to a connection that ${client} had left`,
  }),
  cut: () => bothWays(' on the wire, under way when the cable was cut'),
  crash: () => bothWays(' on the wire, under way when the server crashed'),
  closed: () => bothWays(' on the wire, under way when the connection ended'),
  refused: () => bothWays(' at a port where nobody waits'),
  loss: () => bothWays(' on the wire, which lost it'),
  'queue-full': () => bothWays(' at a queue that was full'),
  ttl: () => bothWays(' at a router, when its time to live was used up'),
  'too-big': () => bothWays(' at a router: too big for the next link, and not to be cut'),
  'link-down': () => bothWays(' at a link that was down'),
};
const bothWays = (text: string) => ({ up: text, down: text });

type Names = (lane: LaneId) => string;
type Group = { readonly kind: string; readonly messages: readonly Message[] };

/** Messages that ended in the same way, next to each other; and at the same client, where the words name it. */
function groups(messages: readonly Message[]): readonly Group[] {
  const kindOf = ({ fate, leftAt, from }: Message): string => {
    if (fate.kind === 'lost') return `lost ${fate.place} ${fate.cause} ${from}`;
    if (fate.kind === 'never-sent') return `never-sent ${fate.reason}`;
    if (fate.kind === 'buffered') return `buffered ${from}`;
    if (fate.kind === 'delivered' && fate.replayed) return 'replayed';
    return fate.kind === 'delivered' && leftAt !== undefined ? `late ${from}` : fate.kind;
  };
  const byKind = Map.groupBy(messages, kindOf);
  return [...byKind].map(([kind, members]) => ({ kind, messages: members }));
}

const was = ({ messages }: Group): string => (messages.length === 1 ? 'was' : 'were');

/** The clause for messages that ended alike; undefined for those that the first sentence names. */
function clause(group: Group, to: LaneId, nameOf: Names): readonly RichPart[] {
  const [first] = group.messages;
  if (!first) return [];
  const list = listOf(group.messages);
  const name = nameOf(to);
  const { fate, from } = first;
  switch (fate.kind) {
    case 'delivered':
      if (fate.replayed) return [...list, plain(` came late to ${name}: recovery had kept ${group.messages.length === 1 ? 'it' : 'them'}`)];
      if (first.leftAt !== undefined) return [...list, plain(` waited in ${nameOf(from)}’s buffer first, and then reached ${name}`)];
      return [plain(`${name} got `), ...list];
    case 'lost':
      if (fate.place === 'unwritten')
        return [...list, { text: ' died unwritten', as: 'lost' }, plain(' in a buffer, when its connection ended')];
      return [
        ...list,
        { text: ' died', as: 'lost' },
        plain(to === 'server' ? ON_THE_WIRE[fate.cause](nameOf(from)).up : ON_THE_WIRE[fate.cause](name).down),
      ];
    case 'never-sent':
      if (fate.reason === 'volatile')
        return [
          ...list,
          plain(` ${was(group)} `),
          { text: 'never sent', as: 'never-sent' },
          plain(': volatile, and the line was busy or gone'),
        ];
      if (fate.reason === 'expired')
        return [
          ...list,
          plain(` ${was(group)} `),
          { text: 'never sent', as: 'never-sent' },
          plain(': the timeout ran out before there was a connection'),
        ];
      return [
        ...list,
        plain(` ${was(group)} `),
        { text: 'never sent', as: 'never-sent' },
        plain(` to ${name}, because the server had noticed by then that ${name} was gone`),
      ];
    case 'buffered':
      return [
        ...list,
        plain(' still '),
        { text: group.messages.length === 1 ? 'waits' : 'wait', as: 'buffered' },
        plain(` in ${nameOf(from)}’s buffer`),
      ];
    case 'in-flight':
      return [...list, plain(group.messages.length === 1 ? ' is ' : ' are '), { text: 'still under way', as: 'in-flight' }];
  }
}

/**
 * What became of all copies of `event` that were meant for `to`: "Bo got one. two died on the wire while … , and three was
 * never sent to Bo, because …".
 */
export function explain(trace: Trace, { event, to }: { readonly event: string; readonly to: LaneId }): readonly RichPart[] {
  const nameOf: Names = (lane) => (lane === 'server' ? 'the server' : (trace.lanes.find(({ id }) => id === lane)?.name ?? lane));
  const messages = meantFor(trace, { event, to });
  if (messages.length === 0) return [plain(`Nothing was meant for ${nameOf(to)}.`)];
  const sentences = groups(messages).map((group) => capitalised(clause(group, to, nameOf)));
  return sentences.flatMap((parts, index) => [...(index === 0 ? [] : [plain(' ')]), ...parts, plain('.')]);
}

/** The first letter of a sentence is a capital, unless it begins with a message's own word. */
function capitalised(parts: readonly RichPart[]): readonly RichPart[] {
  const [first, ...rest] = parts;
  return first?.as === 'text' ? [plain(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...rest] : parts;
}
