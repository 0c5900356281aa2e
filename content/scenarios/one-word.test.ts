import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { truthOf } from '#lab/prediction.ts';
import { parseQuestions } from '#review/question.ts';
import { assemble } from '#trace/assemble.ts';
import { detailOf } from '#trace/detail.ts';
import { messagesOf } from '#trace/fates.ts';
import { conversation } from './conversation.fixture.ts';
import { goLive, type Live, recordingOf, runOf, traceOf, unsoundIn } from './live.fixture.ts';
import { oneWord } from './one-word.ts';

let live: Live;
let lab: Lab;

beforeAll(async () => {
  live = await goLive();
  lab = await live.play(oneWord, 'say');
});
afterAll(() => live.close());

const run = runOf(oneWord, 'say');
const word = () => messagesOf(traceOf(lab)).find(({ what }) => what === 'event');

describe('one word', () => {
  it('is wrapped three times before TCP gets it, each wrapping inside the other', () => {
    expect(truthOf(run.predict, traceOf(lab))).toEqual({ kind: 'choice', id: 'three' });
    const message = word();
    const layers = message ? detailOf(message)?.layers : undefined;
    expect(layers?.map(({ title }) => title)).toEqual(['WebSocket frame', 'Engine.IO packet', 'Socket.IO packet', 'Event']);
  });

  it('looks as the question about its arrow shows it', () => {
    const file = 'content/questions/osi-and-tcp-ip.json';
    const question = parseQuestions(JSON.parse(readFileSync(file, 'utf8')), file).find(({ show }) => show?.scenario === oneWord.id);
    const message = word();
    const layers = message ? detailOf(message)?.layers : undefined;
    expect(layers?.map(({ title, sign }) => [title, sign])).toEqual(question?.seen?.rows);
  });

  it('is one message on the wire', () => {
    expect(conversation(traceOf(lab))).toEqual(['ada to server: word "hello": delivered']);
    expect(word()?.text).toBe('42["word","hello"]');
  });

  it('agrees with its recording', () => {
    expect(unsoundIn(lab.logs(), run)).toEqual([]);
    expect(conversation(traceOf(lab))).toEqual(conversation(assemble(recordingOf(oneWord, 'say'))));
    expect(truthOf(run.predict, assemble(recordingOf(oneWord, 'say')))).toEqual({ kind: 'choice', id: 'three' });
  });
});
