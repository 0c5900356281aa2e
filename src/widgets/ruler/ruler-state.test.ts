import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { playDelay } from '#sim/scenes/delay.ts';
import type { Play } from './played.ts';
import { RulerState, SHOWN, zoomsOf } from './ruler-state.ts';
import { SCALES } from './settings.ts';

const fresh = (load: () => Promise<Play> = () => Promise.resolve(playDelay)): RulerState => new RulerState(load);

async function ran(id: Parameters<RulerState['choose']>[0] = 'continent', guess?: string): Promise<RulerState> {
  const state = fresh();
  state.choose(id);
  if (guess) state.say(guess);
  await state.run();
  return state;
}

describe('a run', () => {
  it('grades the guess, and says what happened and why', async () => {
    expect((await ran('continent', 'same')).verdict.value).toMatchObject({
      said: 'About the same',
      happened: 'About the same',
      isRight: true,
    });
    expect((await ran('continent', 'tenth')).verdict.value).toMatchObject({ said: 'A tenth of what it was', isRight: false });
  });
  it('needs no guess', async () => {
    expect((await ran()).verdict.value).toMatchObject({ said: undefined, isRight: false });
  });
  it('forgets a guess about another case', () => {
    const state = fresh();
    state.say('same');
    state.choose('file');
    expect(state.guess.value).toBeUndefined();
  });
  it('says so if the simulator cannot be loaded, and may be tried again', async () => {
    let isThere = false;
    const state = fresh(() => (isThere ? Promise.resolve(playDelay) : Promise.reject(new Error('offline'))));
    await state.run();
    expect(state.phase.value).toBe('failed');
    isThere = true;
    await state.run();
    expect(state.phase.value).toBe('ran');
  });
  it('is compared with the run before the change', async () => {
    const { compared, played } = await ran('overflow');
    expect([compared.value?.name, compared.value?.played.dropped, played.value?.dropped]).toEqual(['10 places', 24, 0]);
  });
  it('is followed by the next case that has not been seen', async () => {
    const state = await ran();
    state.again();
    expect([state.phase.value, state.presetId.value, state.done.value.has('continent')]).toEqual(['asking', 'file', true]);
  });
});

describe('a change', () => {
  it('is played at once, and told', async () => {
    const state = await ran();
    state.setScale(SCALES.distanceKm, 20_000);
    expect(state.chosenPacket.value?.totalUs).toBe(100_040);
    expect(state.news.value).toContain('40 µs to be sent and 100 ms to travel');
  });
  it('that is out of bounds stops at the bound; what is no number changes nothing', async () => {
    const state = await ran();
    state.setScale(SCALES.packetBytes, 9_000);
    expect(state.settings.value.packetBytes).toBe(1_500);
    state.setScale(SCALES.packetBytes, Number.NaN);
    expect(state.settings.value.packetBytes).toBe(1_500);
  });
  it('before the first run does nothing', () => {
    const state = fresh();
    state.set({ packetBytes: 28 });
    expect([state.settings.value.packetBytes, state.played.value]).toEqual([500, undefined]);
  });
  it('can be compared with a run that was kept', async () => {
    const state = await ran();
    state.set({ inFront: 2 });
    state.keep();
    state.set({ inFront: 0 });
    expect(state.compared.value?.played.packets).toHaveLength(3);
  });
});

it('compared with nothing, a run has the whole scale for itself', async () => {
  const state = await ran('file');
  expect(state.span.value.toUs).toBeGreaterThan(1_200_000);
  state.pick('before');
  state.forget();
  expect(state.span.value.toUs).toBeLessThan(130_000);
  expect(state.chosenPacket.value?.name).toBe('packet 100');
});

describe('the packets that are shown', () => {
  it('have the longest delay among them, and it is measured', async () => {
    const state = await ran('overflow');
    expect([state.chosen.value, state.firstShown.value, state.chosenPacket.value?.name]).toEqual([199, 194, 'packet 200']);
  });
  it('can be turned, not beyond the first and the last', async () => {
    const state = await ran('overflow');
    state.turn(1);
    expect(state.firstShown.value).toBe(200 - SHOWN);
    state.turn(-100);
    expect(state.firstShown.value).toBe(0);
  });
  it('can be gone to: the first dropped is brought into view, and has no parts', async () => {
    const state = await ran('overflow');
    state.set({ queuePackets: 10 });
    const dropped = state.landmarks.value.find(({ name }) => name === 'First dropped');
    expect(dropped).toBeDefined();
    state.pick(dropped?.packet ?? 0);
    expect(state.chosenPacket.value?.parts).toBeUndefined();
    const first = state.firstShown.value;
    expect(dropped && dropped.packet >= first && dropped.packet < first + SHOWN).toBe(true);
  });
  it('have no landmarks if they are all in view', async () => {
    expect((await ran()).landmarks.value).toEqual([]);
  });
});

describe('the scale', () => {
  it('holds both runs, and a round trip that was measured', async () => {
    const besidesUs = signal(0);
    const state = new RulerState(() => Promise.resolve(playDelay), besidesUs);
    await state.run();
    expect(state.span.value.toUs).toBeCloseTo(30_400 * 1.05);
    besidesUs.value = 200_000;
    expect(state.span.value.toUs).toBeCloseTo(210_000);
  });
  it('is as large as the chosen part when that is zoomed in on, and whole again for another packet', async () => {
    const state = await ran();
    state.zoom.value = 'transmission';
    expect(state.span.value).toEqual({ fromUs: 0, toUs: 56 });
    state.pick('before');
    expect(state.zoom.value).toBe('whole');
    expect(state.chosenPacket.value?.totalUs).toBe(30_400);
  });
  it('can be zoomed to the parts that take time', async () => {
    expect(zoomsOf((await ran()).chosenPacket.value)).toEqual(['transmission', 'propagation']);
    expect(zoomsOf(undefined)).toEqual([]);
  });
});
