import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import { assemble } from '#trace/assemble.ts';
import { broadcast } from './broadcast.ts';
import { conversation, fatesOf, textsOf } from './conversation.fixture.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';

let live: Live;
let labs: ReadonlyMap<string, Lab>;
const played = (run: string): Lab => labs.get(run) as Lab;

beforeAll(async () => {
  live = await goLive();
  labs = await live.playAll(broadcast);
});
afterAll(() => live.close());

/** The table of the lesson. */
const RECEIVERS: readonly (readonly [run: string, call: string, who: readonly string[]])[] = [
  ['all', 'io.emit', ['ada', 'bo', 'cy', 'dee']],
  ['me', 'socket.emit', ['ada']],
  ['others', 'socket.broadcast.emit', ['bo', 'cy', 'dee']],
  ['red', "io.to('red').emit", ['ada', 'bo']],
  ['other-reds', "socket.to('red').emit", ['bo']],
  ['not-red', "io.except('red').emit", ['cy', 'dee']],
  ['admins', "io.of('/admin').emit", ['dee']],
  ['maybe', 'io.volatile.emit', []],
];

describe('who receives it', () => {
  it('is asked about every call that the lesson names', () => {
    expect(broadcast.runs.map(({ id, label }) => [id, label])).toEqual(RECEIVERS.map(([id, call]) => [id, call]));
  });

  it.each(RECEIVERS)('%s, %s', (run, _call, who) => {
    expect(truthOf(runOf(broadcast, run).predict, traceOf(played(run)))).toEqual({ kind: 'recipients', who });
  });

  it.each(RECEIVERS)('%s: the logs agree with each other, and with the recording', (run) => {
    const lab = played(run);
    expect(unsoundIn(lab.logs(), runOf(broadcast, run))).toEqual([]);
    expect(conversation(traceOf(lab))).toEqual(conversation(assemble(recordingOf(broadcast, run))));
  });
});

it('a call in the main namespace crosses the wire as 42, one to /admin with its name', () => {
  expect(textsOf(traceOf(played('red')))).toEqual(['42["red","hi"]', '42["news","hi"]']);
  expect(textsOf(traceOf(played('admins')))).toEqual(['42["admins","hi"]', '42/admin,["news","hi"]']);
});

it('the line before a volatile one fills the transports, so all four copies are dropped, and news arrives', () => {
  const trace = traceOf(played('maybe'));
  for (const who of ['ada', 'bo', 'cy', 'dee']) {
    expect(fatesOf(trace, 'news', who)).toEqual(['hi: delivered']);
    expect(fatesOf(trace, 'cursor', who)).toEqual(['hi: never sent, volatile']);
  }
});

it('Dee reaches /admin over the connection that she has already', () => {
  const opened = played('admins')
    .logs()
    .clients['dee']?.filter(([kind]) => kind === 'opened');
  expect(opened).toHaveLength(1);
});
