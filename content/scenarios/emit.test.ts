import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import { assemble } from '#trace/assemble.ts';
import { messagesOf } from '#trace/fates.ts';
import type { Message } from '#trace/trace.ts';
import { conversation, shownBy, textsOf } from './conversation.fixture.ts';
import { emit } from './emit.ts';
import { emitEarly } from './emit-early.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';

let live: Live;
let labs: ReadonlyMap<string, Lab>;
let early: Lab;
const played = (run: string): Lab => labs.get(run) as Lab;

beforeAll(async () => {
  live = await goLive();
  [labs, early] = await Promise.all([live.playAll(emit), live.play(emitEarly, 'before-connection')]);
});
afterAll(() => live.close());

const only = (lab: Lab, what: Message['what']): readonly Message[] => messagesOf(traceOf(lab)).filter((message) => message.what === what);

describe('emit', () => {
  it.each([
    ['client-to-server', { kind: 'choice', id: 'uses' }],
    ['server-to-client', { kind: 'recipients', who: ['ada'] }],
    ['acknowledgement', { kind: 'choice', id: 'answered' }],
    ['timeout', { kind: 'choice', id: 'error' }],
  ])('%s ends as the lesson says', (run, truth) => {
    expect(truthOf(runOf(emit, run).predict, traceOf(played(run)))).toEqual(truth);
  });

  it.each(emit.runs.map(({ id }) => id))('%s: the logs agree with each other, and with the recording', (run) => {
    expect(unsoundIn(played(run).logs(), runOf(emit, run))).toEqual([]);
    expect(conversation(traceOf(played(run)))).toEqual(conversation(assemble(recordingOf(emit, run))));
  });

  it('puts one packet on the wire, without an ack id and without an answer', () => {
    expect(textsOf(traceOf(played('client-to-server')))).toEqual(['42["hello","hello"]']);
    expect(only(played('client-to-server'), 'control')).toEqual([]);
  });

  it('with a callback carries an ack id, and the answer comes back with the same', () => {
    expect(textsOf(traceOf(played('acknowledgement')))).toEqual(['420["save","draft"]', '430["saved draft"]']);
  });

  it('returns before the packet has arrived', () => {
    const lab = played('acknowledgement');
    const returned = lab.logs().clients['ada']?.find((record) => record[0] === 'shown' && record[2] === 'emit has returned');
    const [save] = only(lab, 'event');
    const returnedAt = Number(returned?.[1]) - lab.logs().since;
    expect(save?.fate.kind === 'delivered' && save.fate.at).toBeGreaterThan(returnedAt);
    expect(shownBy(lab.logs(), 'ada')).toEqual(['emit has returned', 'saved draft']);
  });

  it('with a timeout ends in an error after that time, though the event arrived', () => {
    const lab = played('timeout');
    expect(conversation(traceOf(lab))).toEqual(['ada to server: publish "draft": delivered']);
    expect(only(lab, 'ack')).toEqual([]);
    expect(shownBy(lab.logs(), 'ada')).toEqual(['no answer: operation has timed out']);
  });
});

describe('emit before there is a connection', () => {
  it('waits in the page, and leaves in order once it is connected', () => {
    const [one, two] = only(early, 'event');
    expect(truthOf(runOf(emitEarly, 'before-connection').predict, traceOf(early))).toEqual({ kind: 'choice', id: 'wait' });
    expect([one?.text, two?.text]).toEqual(['42["hello","one"]', '42["hello","two"]']);
    const connect = only(early, 'control').find(({ from }) => from === 'server');
    expect(one?.leftAt).toBeGreaterThanOrEqual(connect?.fate.kind === 'delivered' ? connect.fate.at : Number.POSITIVE_INFINITY);
  });

  it('opens nothing: the session begins with connect()', () => {
    const records = early.logs().clients['bo'] ?? [];
    const kinds = records.map(([kind]) => kind).filter((kind) => kind === 'emitted' || kind === 'opened');
    expect(kinds).toEqual(['emitted', 'emitted', 'opened']);
    expect(records.filter(([kind]) => kind === 'emitted').map((record) => record[3])).toEqual(['buffered', 'buffered']);
  });

  it('agrees with the recording', () => {
    expect(unsoundIn(early.logs(), runOf(emitEarly, 'before-connection'))).toEqual([]);
    expect(conversation(traceOf(early))).toEqual(conversation(assemble(recordingOf(emitEarly, 'before-connection'))));
  });
});
