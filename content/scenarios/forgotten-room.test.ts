import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { assemble } from '#trace/assemble.ts';
import { panesAt } from '#trace/panes.ts';
import { conversation, fatesOf } from './conversation.fixture.ts';
import { forgottenRoom, forgottenRoomFixed } from './forgotten-room.ts';
import { hello } from './hello.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';

const PLAYED = [
  [forgottenRoom, 'cut-and-back'],
  [forgottenRoomFixed, 'cut-and-back'],
  [hello, 'hello'],
] as const;

let live: Live;
let labs: readonly Lab[];
beforeAll(async () => {
  live = await goLive();
  labs = await Promise.all(PLAYED.map(([scenario, run]) => live.play(scenario, run)));
});
afterAll(() => live.close());

const panes = (lab: Lab | undefined) => panesAt(lab?.logs() as ReturnType<Lab['logs']>, Number.POSITIVE_INFINITY);

describe.each(PLAYED.map(([scenario, run], index) => ({ id: scenario.id, scenario, run, index })))('$id', ({ scenario, run, index }) => {
  it('has logs that agree with each other, and with the recording', () => {
    const lab = labs[index] as Lab;
    expect(unsoundIn(lab.logs(), runOf(scenario, run))).toEqual([]);
    expect(conversation(traceOf(lab))).toEqual(conversation(assemble(recordingOf(scenario, run))));
  });
});

describe('the forgotten room', () => {
  it('is one that Bo is not in, though he is connected: two was not meant for him', () => {
    const [lab] = labs;
    expect(fatesOf(traceOf(lab as Lab), 'chat', 'bo')).toEqual(['one: delivered']);
    expect(panes(lab).clients.find(({ lane }) => lane === 'bo')?.state).toBe('connected');
    expect(panes(lab).server.connected).toContain('bo');
    expect(panes(lab).server.rooms).toEqual([{ name: 'lobby', members: ['ada'], gone: [] }]);
  });

  it('is remembered when the page joins at each connection', () => {
    const [, lab] = labs;
    expect(fatesOf(traceOf(lab as Lab), 'chat', 'bo')).toEqual(['one: delivered', 'two: delivered']);
    expect(panes(lab).server.rooms).toEqual([{ name: 'lobby', members: ['ada', 'bo'], gone: [] }]);
  });
});

it('the hello of the front page arrives, and after the cut it is never sent', () => {
  expect(fatesOf(traceOf(labs[2] as Lab), 'hello', 'bo')).toEqual(['hello: delivered', 'hello: never sent, away']);
});
