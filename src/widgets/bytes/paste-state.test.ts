import { describe, expect, it } from 'vitest';
import { dissect, errorsOf } from '#wire/dissect.ts';
import { EXAMPLES, PasteState } from './paste-state.ts';

const decoded = (text: string): PasteState => {
  const state = new PasteState();
  state.decode(text);
  return state;
};

describe('what is pasted', () => {
  it.each([
    ['a text', 'the text of an Engine.IO packet', 1],
    ['a frame of a client', 'a WebSocket frame of a client', 2],
    ['a question to DNS', 'a frame of Ethernet', 1],
  ])('%s is read as %s, in %i source(s) of bytes', (title, because, sources) => {
    const state = decoded(EXAMPLES.find((example) => example.title === title)?.text ?? '');
    expect(state.guesses.value[0]?.because).toBe(because);
    expect(state.view.sources.value).toHaveLength(sources);
  });
  it('is shown with its innermost layer unfolded', () => {
    const { view } = decoded('42["chat","hi"]').view;
    expect(view.visible.value.filter(({ depth }) => depth > 0).length).toBeGreaterThan(0);
  });
  it('and cannot be read stays where it is, with a hint', () => {
    const state = decoded('hello');
    expect(state.text.value).toBe('hello');
    expect(state.hint.value).toContain('neither hex nor a packet’s text');
    expect(state.guesses.value).toEqual([]);
  });
  it('can be read as something else', () => {
    const state = decoded('40');
    expect(state.guesses.value.length).toBeGreaterThan(1);
    state.pick(1);
    expect(state.view.current.value.bytes.length).toBe(1);
  });
});

it('the examples are without a fault', () => {
  const frame = decoded(EXAMPLES[2].text).guesses.value[0]?.bytes ?? new Uint8Array();
  expect(errorsOf(dissect(frame))).toEqual([]);
});
