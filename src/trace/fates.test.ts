import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { meantFor, messagesOf, recipientsOf, tally } from './fates.ts';
import { Lab } from './model/lab.fixture.ts';

const said = (word: string) => ({ event: 'chat', args: [word] });
const trace = assemble(
  Lab.begun()
    .broadcast(said('one'), { except: 'ada' })
    .wait(500)
    .lose('bo', 'disconnect')
    .wait(500)
    .broadcast(said('two'), { except: 'ada' })
    .emit('ada', { event: 'note', args: [] })
    .wait(10)
    .logs(),
);

describe('a tally', () => {
  it('counts what became of all that was meant for somebody', () => {
    const { to, meant, counts, messages } = tally(trace, { event: 'chat', to: 'bo' });
    expect({ to, meant, counts }).toEqual({
      to: 'bo',
      meant: 2,
      counts: { delivered: 1, 'in-flight': 0, buffered: 0, lost: 0, 'never-sent': 1 },
    });
    expect(messages.map(({ label }) => label)).toEqual(['chat "one"', 'chat "two"']);
  });

  it('counts nothing that was meant for others, or called otherwise', () => {
    expect(tally(trace, { event: 'chat', to: 'ada' }).meant).toBe(0);
    expect(tally(trace, { event: 'note', to: 'bo' }).meant).toBe(0);
    expect(tally(trace, { event: 'note', to: 'server' }).counts['in-flight']).toBe(1);
  });

  it('leaves out what is surplus', () => {
    const events = trace.events.map((event) => (event.kind === 'message' ? { ...event, surplus: true as const } : event));
    expect(meantFor({ ...trace, events }, { event: 'chat', to: 'bo' })).toEqual([]);
    expect(messagesOf({ ...trace, events })).toHaveLength(messagesOf(trace).length);
  });
});

describe('the recipients of an event', () => {
  it('are those at whom it has arrived', () => {
    expect(recipientsOf(trace, 'chat')).toEqual(new Set(['bo', 'cy']));
    expect(recipientsOf(trace, 'note')).toEqual(new Set());
  });
});
