import { describe, expect, it } from 'vitest';
import { messagesOf } from '../fates.ts';
import type { Lane, Message, Trace } from '../trace.ts';
import { assembleSockets } from './assemble.ts';
import { connected, end, type Line, read, recordsOf, SERVER_LISTENS, wrote } from './records.fixture.ts';
import type { SocketRecord } from './records.ts';

const lane = (id: string): Lane => ({ id, name: id, role: id === 'server' ? 'server' : 'client' });
const traceOf = (records: readonly SocketRecord[]): Trace =>
  assembleSockets(records, { lanes: ['ada', 'server', 'bo'].map(lane), nobody: 'server' });

function outcome({ fate }: Message): string {
  if (fate.kind === 'delivered') return `delivered ${fate.at}`;
  return fate.kind === 'lost' ? `lost, ${fate.place}, ${fate.cause}` : fate.kind;
}
/** `ada to server 201 connect: delivered 202` */
const arrowsOf = (records: readonly SocketRecord[]): readonly string[] =>
  messagesOf(traceOf(records)).map((message) => `${message.from} to ${message.to} ${message.sentAt} ${message.label}: ${outcome(message)}`);
const notesOf = (records: readonly SocketRecord[]): readonly string[] =>
  traceOf(records).events.flatMap((event) => (event.kind === 'note' ? [`${event.lane}: ${event.text}`] : []));

const ADA = [SERVER_LISTENS, ...connected('ada', 51_000)];
/** What follows when Ada is connected: her arrow, and what stands before, left out. */
const following = (...lines: readonly Line[]): readonly string[] => arrowsOf(recordsOf(...ADA, ...lines)).slice(1);

describe('the trace of a bench', () => {
  it('of nothing is empty', () => {
    expect(traceOf([])).toMatchObject({ events: [], endsAt: 400 });
  });

  it('begins a little before the first record, and ends a little after the last', () => {
    expect(traceOf(recordsOf(...ADA))).toMatchObject({ endsAt: 403 });
    expect(notesOf(recordsOf(...ADA))).toEqual(['server: waits at port 4600']);
    const { endsAt } = assembleSockets(recordsOf(...ADA), { lanes: [], nobody: 'server', until: 9_000 });
    expect(endsAt).toBe(8_200);
  });

  it('draws a connection when it is accepted', () => {
    expect(arrowsOf(recordsOf(...ADA))).toEqual(['ada to server 201 connect: delivered 202']);
    expect(arrowsOf(recordsOf(...ADA).slice(0, 2))).toEqual(['ada to server 201 connect: in-flight']);
  });

  it('draws a connection that nobody waits for as turned away at the port', () => {
    const refused = recordsOf(
      ['bo', { kind: 'connecting', to: 'nobody', remote: end(9) }],
      ['bo', { kind: 'refused' }],
      ['bo', { kind: 'closed' }],
    );
    expect(arrowsOf(refused)).toEqual(['bo to server 200 connect: lost, port, refused']);
  });

  it('draws a write when its last byte is read', () => {
    expect(following(wrote('ada', 'hello'), read('server/ada', 'hel'))).toEqual(['ada to server 204 "hello": in-flight']);
    expect(following(wrote('ada', 'hello'), read('server/ada', 'hel'), read('server/ada', 'lo'))).toEqual([
      'ada to server 204 "hello": delivered 206',
    ]);
  });

  it('says so when one read is not one write', () => {
    const merged = recordsOf(...ADA, wrote('ada', 'one'), wrote('ada', 'two'), read('server/ada', 'onetwo'));
    expect(arrowsOf(merged).slice(1)).toEqual(['ada to server 204 "one": delivered 206', 'ada to server 205 "two": delivered 206']);
    expect(notesOf(merged).at(-1)).toBe('server: reads 6 bytes at once');
    expect(notesOf(recordsOf(...ADA, wrote('ada', 'x'), read('server/ada', 'x')))).toHaveLength(1);
  });

  it('says so when a read ends one write that another had begun to read', () => {
    const late = recordsOf(...ADA, wrote('ada', 'hello'), read('server/ada', 'hel'), read('server/ada', 'lo'));
    expect(notesOf(late).slice(1)).toEqual(['server: reads 3 bytes at once', 'server: reads 2 bytes at once']);
  });

  it('keeps the two directions apart, and the connections', () => {
    const both = recordsOf(
      ...ADA,
      ...connected('bo', 51_001),
      wrote('ada', 'a'),
      wrote('server/bo', 'b'),
      read('bo', 'b'),
      read('server/ada', 'a'),
    );
    expect(arrowsOf(both).slice(2)).toEqual(['ada to server 207 "a": delivered 210', 'server to bo 208 "b": delivered 209']);
  });

  it('draws an end when the other one is told, and only once', () => {
    expect(
      following(
        ['ada', { kind: 'ended' }],
        ['server/ada', { kind: 'told-end' }],
        ['ada', { kind: 'closing' }],
        ['ada', { kind: 'closed' }],
      ),
    ).toEqual(['ada to server 204 end: delivered 205']);
  });

  it('draws none to a socket that is gone', () => {
    expect(
      following(
        ['ada', { kind: 'closing' }],
        ['server/ada', { kind: 'told-end' }],
        ['ada', { kind: 'closed' }],
        ['server/ada', { kind: 'closing' }],
      ),
    ).toEqual(['ada to server 204 end: delivered 205']);
  });

  it('draws a reset when the other one gets the error', () => {
    const reset = recordsOf(...ADA, ['server/ada', { kind: 'reset' }], ['ada', { kind: 'failed', code: 'ECONNRESET' }]);
    expect(arrowsOf(reset).slice(1)).toEqual(['server to ada 204 reset: delivered 205']);
    expect(notesOf(reset).at(-1)).toBe('ada: is told ECONNRESET');
  });

  it('draws what was not read before the end as lost with the connection', () => {
    expect(following(wrote('ada', 'unread'), ['server/ada', { kind: 'closing' }], ['server/ada', { kind: 'closed' }])[0]).toBe(
      'ada to server 204 "unread": lost, wire, closed',
    );
  });

  it('draws what is written to a socket that is gone as lost at once', () => {
    expect(following(['ada', { kind: 'closing' }], ['ada', { kind: 'closed' }], wrote('server/ada', 'late')).at(-1)).toBe(
      'server to ada 206 "late": lost, wire, closed',
    );
  });

  it('shortens what was written on the arrow alone', () => {
    const [, long] = messagesOf(traceOf(recordsOf(...ADA, wrote('ada', 'x'.repeat(40)))));
    expect(long?.label).toBe(`"${'x'.repeat(24)}…"`);
    expect(long?.text).toHaveLength(40);
  });

  it('tells of datagrams each for itself, and of those that nobody takes', () => {
    const datagrams = recordsOf(
      ['ada', { kind: 'bound', local: end(1) }],
      ['bo', { kind: 'bound', local: end(2) }],
      wrote('ada', 'to bo', 'bo'),
      read('bo', 'to bo', 'ada'),
      wrote('ada', 'to nobody', 'nobody'),
      ['bo', { kind: 'closed' }],
      wrote('ada', 'too late', 'bo'),
    );
    expect(arrowsOf(datagrams)).toEqual([
      'ada to bo 202 "to bo": delivered 203',
      'ada to server 204 "to nobody": lost, port, refused',
      'ada to bo 206 "too late": lost, port, refused',
    ]);
  });

  it('draws nothing for a datagram socket that remembers a partner: nothing is sent', () => {
    const partner = recordsOf(
      ['ada', { kind: 'bound', local: end(1) }],
      ['ada', { kind: 'connecting', to: 'nobody', remote: end(9) }],
      ['ada', { kind: 'connected', local: end(1), remote: end(9) }],
    );
    expect(arrowsOf(partner)).toEqual([]);
    expect(notesOf(partner).at(-1)).toBe('ada: has one partner now; nothing was sent');
  });

  it('draws an end of each socket that had a name', () => {
    const over = [
      ['ada', { kind: 'closing' }],
      ['server/ada', { kind: 'told-end' }],
      ['ada', { kind: 'closed' }],
      ['server/ada', { kind: 'closed' }],
    ] as const;
    const ends = arrowsOf(recordsOf(...ADA, ...over, ...connected('ada', 51_002), ...over)).filter((line) => line.includes(' end:'));
    expect(ends).toEqual(['ada to server 204 end: delivered 205', 'ada to server 211 end: delivered 212']);
  });

  it('changes nothing of a connection when its name is refused another one', () => {
    const before = [...ADA, wrote('server/ada', 'unread'), ['ada', { kind: 'closing' }], ['ada', { kind: 'closed' }]] as const;
    const refused = [
      ['ada', { kind: 'connecting', to: 'nobody', remote: end(9) }],
      ['ada', { kind: 'refused' }],
      ['ada', { kind: 'closed' }],
    ] as const;
    const [, unread] = messagesOf(traceOf(recordsOf(...before)));
    expect(messagesOf(traceOf(recordsOf(...before, ...refused)))[1]).toEqual(unread);
  });

  it('draws the connection of a name that was a datagram socket’s', () => {
    const both = recordsOf(['ada', { kind: 'bound', local: end(1) }], ['ada', { kind: 'closed' }], ...ADA);
    expect(arrowsOf(both)).toEqual(['ada to server 203 connect: delivered 204']);
  });

  it('begins anew with a name that is used again', () => {
    const again = [
      ...ADA,
      wrote('ada', 'lost'),
      ['server/ada', { kind: 'closed' }],
      ['ada', { kind: 'closed' }],
      ...connected('ada', 51_002),
      wrote('ada', 'new'),
      read('server/ada', 'new'),
    ] as const;
    expect(arrowsOf(recordsOf(...again)).map((line) => line.replace(/^.* \d+ (.*)$/, '$1'))).toEqual([
      'connect: delivered 202',
      '"lost": lost, wire, closed',
      'connect: delivered 208',
      '"new": delivered 211',
    ]);
  });
});
