import { describe, expect, it } from 'vitest';
import { ExplorerState } from './explorer-state.ts';

const wrapped = (message = 'hi'): ExplorerState => new ExplorerState(message);
const choose = (state: ExplorerState, name: string): void => state.view.choose(state.view.rows.value.find((row) => row.name === name)?.key);

describe('an edit', () => {
  it('changes one field, and says which checksum no longer agrees', () => {
    const state = wrapped();
    choose(state, 'Time to Live');
    state.edit('1');
    expect(state.news.value).toBe('Time to Live is now 1 hop. Header Checksum ought to be 0x7d67.');
    expect([state.isEdited.value, state.isBroken.value]).toEqual([true, true]);
  });
  it('that does not fit is refused with what would fit, and nothing is changed', () => {
    const state = wrapped();
    choose(state, 'Time to Live');
    state.edit('soon');
    expect(state.hint.value).toBe('“soon” does not fit here. Write a whole number from 0 to 255, or hex such as 0x1f.');
    expect(state.isEdited.value).toBe(false);
  });
  it('is repaired, and then the frame gets as far as its new content lets it', () => {
    const state = wrapped();
    choose(state, 'Time to Live');
    state.edit('1');
    state.repair();
    expect(state.news.value).toBe('Set anew: Header Checksum. Lengths and checksums agree.');
    state.send();
    expect(state.journey.value?.stops.at(-1)).toMatchObject({ who: 'the router', isPassed: false });
  });
  it('of a byte takes back the last journey, since it was another frame’s', () => {
    const state = wrapped();
    state.send();
    expect(state.journey.value?.heard).toEqual({ event: 'chat', args: ['hi'] });
    state.editByte(0, 0xff);
    expect(state.journey.value).toBeUndefined();
  });
  it('is undone', () => {
    const state = wrapped();
    state.editByte(20, 0);
    state.undo();
    expect([state.isEdited.value, state.isBroken.value]).toEqual([false, false]);
  });
  it('to the value that was there is no edit', () => {
    const state = wrapped();
    state.editByte(20, 0x40);
    expect(state.isEdited.value).toBe(false);
  });
});

describe('fields and bytes', () => {
  it('point at each other: a byte chooses its field and unfolds the layers around it', () => {
    const { view } = wrapped();
    view.chooseByte(20);
    expect(view.chosen.value?.name).toBe('Reserved');
    expect(view.visible.value.map(({ name }) => name)).toContain('Don’t Fragment');
  });
  it('keep what is chosen while the bytes change', () => {
    const state = wrapped();
    choose(state, 'Time to Live');
    state.editByte(22, 7);
    expect(state.view.chosen.value).toMatchObject({ name: 'Time to Live', text: '7 hops' });
  });
  it('fold and unfold', () => {
    const { view } = wrapped();
    const before = view.visible.value.length;
    view.setOpen('1', false);
    expect(view.visible.value.length).toBeLessThan(before);
  });
});
