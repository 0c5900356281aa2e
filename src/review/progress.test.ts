import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answeredQuestion, EMPTY, merged, opened, type Progress, parseProgress, ran, stateOf } from './progress.ts';
import { type KeyValueStore, ProgressStore } from './storage.ts';

const AT = ['2026-01-01T10:00:00.000Z', '2026-01-02T10:00:00.000Z', '2026-01-03T10:00:00.000Z'] as const;
const moment = fc.constantFrom(...AT);
const slug = fc.constantFrom('emit', 'broadcast');

/** Progress as a reader makes it: by what they do. */
const progress = fc
  .array(
    fc.oneof(
      fc.record({ what: fc.constant('opened' as const), slug, at: moment }),
      fc.record({ what: fc.constant('ran' as const), slug, at: moment, run: fc.constantFrom('a.b', 'c.d') }),
      fc.record({ what: fc.constant('answered' as const), slug, at: moment, id: fc.constantFrom('q-1', 'q-2'), right: fc.boolean() }),
    ),
  )
  .map((deeds) =>
    deeds.reduce<Progress>((before, deed) => {
      if (deed.what === 'opened') return opened(before, deed.slug, deed.at);
      if (deed.what === 'ran') return ran(before, deed.slug, deed.run, deed.at);
      return answeredQuestion(before, deed.slug, deed.id, deed.right, deed.at);
    }, EMPTY),
  );

describe('a lesson', () => {
  it('is new, then started, and done when each review question was right once', () => {
    const questions = ['q-1', 'q-2'];
    let now = EMPTY;
    expect(stateOf(now, 'emit', questions)).toBe('new');
    now = opened(now, 'emit', AT[0]);
    now = answeredQuestion(now, 'emit', 'q-1', true, AT[0]);
    expect(stateOf(now, 'emit', questions)).toBe('started');
    now = answeredQuestion(now, 'emit', 'q-2', false, AT[0]);
    expect(stateOf(now, 'emit', questions)).toBe('started');
    now = answeredQuestion(now, 'emit', 'q-2', true, AT[1]);
    expect(stateOf(now, 'emit', questions)).toBe('done');
    now = answeredQuestion(now, 'emit', 'q-2', false, AT[2]);
    expect(stateOf(now, 'emit', questions)).toBe('done');
    expect(now.lessons['emit']?.questions['q-2']).toEqual({ right: true, at: AT[2], tries: 3 });
  });
  it('without questions is never done', () => {
    expect(stateOf(opened(EMPTY, 'emit', AT[0]), 'emit', [])).toBe('started');
  });
});

describe('a saved file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(progress, (value) => {
        expect(parseProgress(JSON.stringify(value))).toEqual({ ok: true, progress: value });
      }),
    );
  });
  it.each([
    ['no JSON', '{', 'not-json'],
    ['something else', '{"a":1}', 'not-progress'],
    ['a list', '[]', 'not-progress'],
    ['a newer version', '{"version":2,"lessons":{}}', 'newer-version'],
    ['a lesson without its parts', '{"version":1,"lessons":{"emit":{}}}', 'not-progress'],
    ['a time that is none', '{"version":1,"lessons":{"emit":{"opened":"soon","labs":{},"questions":{}}}}', 'not-progress'],
  ])('is refused when it holds %s', (_what, text, why) => {
    expect(parseProgress(text)).toEqual({ ok: false, why });
  });
  it('never ends the program, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof parseProgress(text).ok === 'boolean'));
  });
  it('is added to what is there: twice the same changes nothing, and the order does not matter', () => {
    fc.assert(
      fc.property(progress, progress, (a, b) => {
        expect(merged(a, a)).toEqual(a);
        expect(merged(merged(a, b), b)).toEqual(merged(a, b));
        expect(merged(a, b)).toEqual(merged(b, a));
      }),
    );
  });
  it('never makes a done lesson undone', () => {
    fc.assert(
      fc.property(
        progress,
        progress,
        (a, b) => stateOf(a, 'emit', ['q-1']) !== 'done' || stateOf(merged(a, b), 'emit', ['q-1']) === 'done',
      ),
    );
  });
});

class MemoryStore implements KeyValueStore {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
}
const BROKEN: KeyValueStore = {
  getItem() {
    throw new Error('denied');
  },
  setItem() {
    throw new Error('full');
  },
};

describe('what a browser keeps', () => {
  it('is there for the next page', () => {
    const memory = new MemoryStore();
    new ProgressStore(memory).change((before) => opened(before, 'emit', AT[0]));
    expect(stateOf(new ProgressStore(memory).read(), 'emit', ['q-1'])).toBe('started');
  });
  it.each([
    ['that refuses', BROKEN],
    ['that is not there', undefined],
  ])('lasts as long as the page, in a browser %s', (_what, broken) => {
    const store = new ProgressStore(broken);
    store.change((before) => opened(before, 'emit', AT[0]));
    store.change((before) => ran(before, 'emit', 'a.b', AT[1]));
    expect(store.read().lessons['emit']).toEqual({ opened: AT[0], labs: { 'a.b': AT[1] }, questions: {} });
  });
  it('is put aside, not lost, when it cannot be read', () => {
    const memory = new MemoryStore();
    memory.setItem('on-the-wire.progress', 'what is this');
    const store = new ProgressStore(memory);
    expect(store.read()).toEqual(EMPTY);
    store.change((before) => opened(before, 'emit', AT[0]));
    expect(memory.getItem('on-the-wire.progress.unreadable')).toBe('what is this');
    expect(store.read().lessons['emit']?.opened).toBe(AT[0]);
  });
});
