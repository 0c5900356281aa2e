import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import { assemble } from '#trace/assemble.ts';
import { messagesOf } from '#trace/fates.ts';
import type { Message } from '#trace/trace.ts';
import { conversation, shownBy } from './conversation.fixture.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';
import { requestBoard } from './request-board.ts';

let live: Live;
let labs: ReadonlyMap<string, Lab>;
const played = (run: string): Lab => labs.get(run) as Lab;
const messages = (run: string): readonly Message[] => messagesOf(traceOf(played(run))).filter(({ what }) => what !== 'heartbeat');
const notes = (run: string): readonly string[] =>
  traceOf(played(run)).events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));

beforeAll(async () => {
  live = await goLive();
  labs = await live.playAll(requestBoard);
});
afterAll(() => live.close());

describe('the request board', () => {
  it.each([
    ['too-early', 'nobody'],
    ['ask', 'one'],
    ['unasked', 'same'],
    ['both', 'nobody'],
  ])('%s ends as the lesson says', (run, id) => {
    expect(truthOf(runOf(requestBoard, run).predict, traceOf(played(run)))).toEqual({ kind: 'choice', id });
  });

  it.each(requestBoard.runs.map(({ id }) => id))('%s: the logs agree with each other, and with the recording', (run) => {
    expect(unsoundIn(played(run).logs(), runOf(requestBoard, run))).toEqual([]);
    expect(conversation(traceOf(played(run)))).toEqual(conversation(assemble(recordingOf(requestBoard, run))));
  });

  it('before the client connects, nothing leaves the server, and nothing comes later', () => {
    expect(conversation(traceOf(played('too-early')))).toEqual([]);
    expect(notes('too-early')).toEqual(['You let the server tell the news', 'Nobody is connected: there is nobody to send it to']);
    expect(shownBy(played('too-early').logs(), 'ada')).toEqual([]);
  });

  it('the first packet of every connection is the client’s', () => {
    for (const { id } of requestBoard.runs) expect([id, messages(id)[0]?.from, messages(id)[0]?.what]).toEqual([id, 'ada', 'control']);
  });

  it('answers on the connection that the client opened', () => {
    expect(messages('ask').map(({ from, what }) => `${from} ${what}`)).toEqual([
      'ada control',
      'server control',
      'ada event',
      'server event',
    ]);
  });

  it('tells news to a client that has asked for nothing', () => {
    expect(conversation(traceOf(played('unasked')))).toEqual(['server to ada: news "rain": delivered']);
  });

  it('lets two messages pass each other', () => {
    const [question, news] = ['question', 'news'].map((name) => messages('both').find(({ event }) => event?.name === name));
    const at = (message: Message | undefined) => (message?.fate.kind === 'delivered' ? message.fate.at : Number.NaN);
    expect(question?.sentAt).toBeLessThan(at(news));
    expect(news?.sentAt).toBeLessThan(at(question));
  });
});
