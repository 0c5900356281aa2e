import { describe, expect, it } from 'vitest';
import { Membership } from './membership.ts';
import type { ServerRecord } from './records.ts';

const LANES: Partial<Record<string, string>> = { sid1: 'ada', sid2: 'bo', sid3: 'bo' };
type Broadcast = Parameters<Membership['missedBy']>[0];
const ALL: Broadcast = { namespace: '/', rooms: [], except: [] };
const LOBBY: Broadcast = { ...ALL, rooms: ['lobby'] };

/** A socket connects as Socket.IO does it: into the room of its own id first. */
const arrives = (sid: string, id: string, rooms: readonly string[] = [], namespace = '/'): readonly ServerRecord[] => [
  ['joined', 0, namespace, id, id],
  ['connected', 0, sid, id, namespace, false],
  ...rooms.map((room): ServerRecord => ['joined', 0, namespace, id, room]),
];
const leaves = (id: string, room: string): ServerRecord => ['left', 0, '/', id, room];
/** It leaves all its rooms, and is gone. */
const goes = (sid: string, id: string, rooms: readonly string[], namespace = '/'): readonly ServerRecord[] => [
  ['closed', 0, sid, 'transport close', 0],
  ...rooms.map((room) => leaves(id, room)),
  ['disconnected', 0, sid, id, namespace, 'transport close'],
];

function membership(...records: readonly ServerRecord[]): Membership {
  const members = new Membership((sid) => LANES[sid]);
  for (const record of records) members.read(record);
  return members;
}
const ADA_AND_BO = [...arrives('sid1', 'a', ['lobby']), ...arrives('sid2', 'b', ['lobby'])];
const missed = (members: Membership, broadcast = LOBBY) => members.missedBy(broadcast).map(({ lane }) => lane);

describe('membership', () => {
  it('knows who is there, and in which rooms', () => {
    const members = membership(...ADA_AND_BO);
    expect(members.connected().map(({ lane, rooms }) => [lane, [...rooms]])).toEqual([
      ['ada', ['a', 'lobby']],
      ['bo', ['b', 'lobby']],
    ]);
    expect(missed(members)).toEqual([]);
  });

  it('remembers the rooms of one who has gone, so that what he misses is seen', () => {
    const members = membership(...ADA_AND_BO, ...goes('sid2', 'b', ['b', 'lobby']));
    expect(members.get('b')).toMatchObject({ connected: false, rooms: new Set(['b', 'lobby']) });
    expect(missed(members)).toEqual(['bo']);
    expect(missed(members, ALL)).toEqual(['bo']);
    expect(missed(members, { ...ALL, rooms: ['red'] })).toEqual([]);
    expect(missed(members, { ...LOBBY, namespace: '/admin' })).toEqual([]);
  });

  it('does not call one away whom the broadcast excepts', () => {
    const members = membership(...ADA_AND_BO, ...goes('sid2', 'b', ['b', 'lobby']));
    expect(missed(members, { ...LOBBY, except: ['b'] })).toEqual([]);
    expect(missed(members, { ...LOBBY, except: ['a'] })).toEqual(['bo']);
  });

  it('does not call one away who had left the room by himself', () => {
    const left = membership(...ADA_AND_BO, leaves('b', 'lobby'), ['ran', 0, 'sid2', 'bye'], ...goes('sid2', 'b', ['b']));
    expect(missed(left)).toEqual([]);
    expect(missed(left, ALL)).toEqual(['bo']);
  });

  it('tells a room that was left just before a goodbye from those that were left by it', () => {
    const goodbye: readonly ServerRecord[] = [
      leaves('b', 'lobby'),
      leaves('b', 'b'),
      ['disconnected', 0, 'sid2', 'b', '/', 'server namespace disconnect'],
    ];
    expect(missed(membership(...ADA_AND_BO, ...goodbye))).toEqual([]);
    const early = membership(['joined', 0, '/', 'b', 'lobby'], ...arrives('sid2', 'b'), ...goes('sid2', 'b', ['lobby', 'b']));
    expect(missed(early)).toEqual(['bo']);
    const joinedEarly: readonly ServerRecord[] = [['joined', 0, '/', 'b', 'lobby'], ...arrives('sid2', 'b')];
    expect(missed(membership(...joinedEarly, leaves('b', 'lobby'), ['ran', 0, 'sid2', 'bye'], ...goes('sid2', 'b', ['b'])))).toEqual([]);
  });

  it('does not call one away who is back, even if he has forgotten the room', () => {
    const members = membership(...ADA_AND_BO, ...goes('sid2', 'b', ['b', 'lobby']), ...arrives('sid3', 'b2'));
    expect(missed(members)).toEqual([]);
    expect(missed(membership(...ADA_AND_BO, ...arrives('sid3', 'b2'), ...goes('sid2', 'b', ['b', 'lobby'])))).toEqual([]);
  });

  it('goes by the newest memory of somebody', () => {
    const members = membership(
      ...ADA_AND_BO,
      ...arrives('sid3', 'b2'),
      ...goes('sid3', 'b2', ['b2']),
      ...goes('sid2', 'b', ['b', 'lobby']),
    );
    expect(missed(members)).toEqual([]);
  });

  it.each<[string, ServerRecord]>([
    ['crashed', ['crashed', 0]],
    ['ended', ['ended', 0, 'closed']],
  ])('knows that nobody is there when the server has %s', (_how, end) => {
    const members = membership(...ADA_AND_BO, end);
    expect(members.connected()).toEqual([]);
    expect(missed(members)).toEqual(['ada', 'bo']);
  });

  it('takes a recovered socket for the newest memory', () => {
    const [first, second] = [goes('sid2', 'b', ['b', 'lobby']), goes('sid3', 'b2', ['b2'])];
    const members = membership(...ADA_AND_BO, ...first, ...arrives('sid3', 'b2'), ...second, ...arrives('sid2', 'b', ['lobby']), ...first);
    expect(missed(members)).toEqual(['bo']);
  });

  it('gives a recovered socket the rooms into which it was put back', () => {
    const back: readonly ServerRecord[] = [
      ['joined', 0, '/', 'b', 'b'],
      ['joined', 0, '/', 'b', 'red'],
      ['connected', 0, 'sid3', 'b', '/', true],
    ];
    const members = membership(...ADA_AND_BO, ...goes('sid2', 'b', ['b', 'lobby']), ...back);
    expect(members.get('b')).toMatchObject({ sid: 'sid3', connected: true, rooms: new Set(['b', 'red']) });
  });

  it('keeps namespaces apart', () => {
    const members = membership(...ADA_AND_BO, ...arrives('sid2', 'b-admin', [], '/admin'), ...goes('sid2', 'b', ['b', 'lobby']));
    expect(missed(members)).toEqual(['bo']);
    expect(missed(members, { ...ALL, namespace: '/admin' })).toEqual([]);
  });
});
