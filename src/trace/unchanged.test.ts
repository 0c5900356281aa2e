import { describe, expect, it } from 'vitest';
import type { Message, Trace } from './trace.ts';
import { keepUnchanged } from './unchanged.ts';

const message = (over: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: 's:c2s:m0',
  from: 'ada',
  to: 'server',
  what: 'event',
  sentAt: 10,
  label: 'chat "hi"',
  text: '42["chat","hi"]',
  attachments: [],
  fate: { kind: 'in-flight' },
  duplicates: [],
  ...over,
});
const trace = (...events: Trace['events']): Trace => ({ version: 1, lanes: [], events, endsAt: 100 });

describe('a trace that is made anew', () => {
  it('keeps the identity of what has not changed, and of nothing else', () => {
    const before = trace(message(), message({ id: 's:c2s:m1' }));
    const after = trace(
      message(),
      message({ id: 's:c2s:m1', fate: { kind: 'delivered', at: 30, replayed: false } }),
      message({ id: 'new' }),
    );
    const kept = keepUnchanged(before, after);
    expect(kept.events[0]).toBe(before.events[0]);
    expect(kept.events.slice(1)).toEqual(after.events.slice(1));
    expect(kept.endsAt).toBe(after.endsAt);
  });

  it.each<[string, Partial<Message>]>([
    ['its fate', { fate: { kind: 'buffered' } }],
    ['the time at which it was sent', { sentAt: 10.2 }],
    ['the time at which it left a buffer', { leftAt: 12 }],
    ['its place in the sum', { surplus: true }],
    ['its text', { text: '42["chat","ho"]' }],
    ['its attachments', { attachments: ['bAQ=='] }],
  ])('shows a message that has changed %s', (_what, change) => {
    const after = trace(message(change));
    expect(keepUnchanged(trace(message()), after).events[0]).toBe(after.events[0]);
  });

  it('does not take a better knowledge of the clocks for a change, however often it comes', () => {
    let kept = trace(message());
    const drifted = [10.04, 10.08, 10.12, 10.16].map((sentAt) => {
      kept = keepUnchanged(kept, trace(message({ sentAt })));
      return kept.events[0]?.kind === 'message' ? kept.events[0].sentAt : undefined;
    });
    expect(drifted).toEqual([10, 10, 10.12, 10.12]);
  });

  it('shows a note and a span that have changed', () => {
    const note = { kind: 'note', id: 'n', lane: 'bo', at: 5, by: 'fact', text: 'Bo is back' } as const;
    const span = { kind: 'span', id: 'o', lane: 'bo', from: 1, what: 'offline', text: 'Bo is offline' } as const;
    const before = trace(note, span);
    expect(keepUnchanged(before, trace({ ...note }, { ...span })).events).toEqual([note, span]);
    const after = trace({ ...note, text: 'Bo is here' }, { ...span, to: 9 });
    const kept = keepUnchanged(before, after);
    expect(kept.events).toEqual(after.events);
    expect(keepUnchanged(before, trace({ ...note })).events[0]).toBe(note);
  });
});
