import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AskState, MAX_MESSAGE_CHARS, sizesOf } from './ask-state.ts';
import { wrap } from './wrap.ts';

describe('before it wraps', () => {
  it('offers the sizes that people come to, the true one among them', () => {
    expect(new AskState().choices.value).toEqual([2, 15, 75, 1514]);
  });
  it('cuts a message that is too long, and forgets a guess about another message', () => {
    const state = new AskState();
    state.guess.value = 75;
    state.write('😀'.repeat(MAX_MESSAGE_CHARS + 1));
    expect([...state.message.value].length).toBe(MAX_MESSAGE_CHARS);
    expect(state.guess.value).toBeUndefined();
  });
  it('forgets the guess when another message is to be written, and keeps the message', () => {
    const state = new AskState();
    state.write('hello');
    state.guess.value = 5;
    state.wrapIt();
    expect(state.wrapped.value).toBe('hello');
    state.again();
    expect([state.wrapped.value, state.guess.value, state.message.value]).toEqual([undefined, undefined, 'hello']);
  });
});

describe('the sizes that are told without wrapping', () => {
  const wrappedSizes = (message: string) => {
    const sizes = new Map(wrap(message).map(({ id, bytes }) => [id, bytes.length]));
    return { message: sizes.get('message'), event: sizes.get('event'), frame: sizes.get('ethernet') };
  };
  it.each([0, 1, 112, 113, MAX_MESSAGE_CHARS])('are those of the wrapped message: %i characters', (length) => {
    expect(sizesOf('x'.repeat(length))).toEqual(wrappedSizes('x'.repeat(length)));
  });
  it('are those of the wrapped message, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: MAX_MESSAGE_CHARS }), (message) => {
        expect(sizesOf(message)).toEqual(wrappedSizes(message));
      }),
    );
  });
});
