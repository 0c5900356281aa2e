import { describe, expect, it } from 'vitest';
import { CutterState } from './cutter-state.ts';
import { keyOf } from './plan.ts';
import { MANY } from './rolls.ts';
import { isGone, lastRows, timesRead } from './run.ts';
import { SAMPLES } from './samples.ts';

/** A cutter whose text is cut already. */
function ready(): CutterState {
  const state = new CutterState();
  state.cut('skip');
  return state;
}

describe('before the cut', () => {
  it('asks for a number, the right one among others', () => {
    const state = new CutterState();
    expect([state.phase.value, state.choices.value]).toEqual(['cutting', [1, 2, 3, 4]]);
    state.setMtu(1, 1500);
    expect(state.choices.value).toContain(1);
    for (const { text } of SAMPLES) {
      state.write(text);
      expect(new Set(state.choices.value).size).toBe(state.choices.value.length);
      expect(state.choices.value).toContain(state.plan.value?.hops[0]?.length);
    }
  });

  it('does not cut what cannot be cut, and keeps what was written', () => {
    const state = new CutterState();
    state.setMtu(1, 50);
    state.cut();
    expect([state.phase.value, state.plan.value, state.text.value === SAMPLES[0]?.text]).toEqual(['cutting', undefined, true]);
    state.setMtu(1, 68);
    state.cut();
    expect(state.phase.value).toBe('ready');
  });

  it('forgets a guess that was made for another text', () => {
    const state = new CutterState();
    state.countGuess.value = 3;
    state.write('hi');
    expect(state.countGuess.value).toBeUndefined();
  });
});

describe('before the run', () => {
  it('asks what the weather makes worth asking', () => {
    const state = ready();
    const asked = () => [state.question.value?.text, state.question.value?.choices.map(({ id }) => id).join(' ')];
    expect(asked()).toEqual(['When will Bo’s program read the first letter?', 'first last']);
    state.toggleLost(keyOf(1, 48));
    expect(asked()).toEqual(['How much of the text will Bo’s program read?', 'once part nothing']);
    state.setPercent('copyPercent', 10);
    expect(asked()[1]).toBe('twice once part nothing');
  });

  it('keeps the guess of the number while pieces are marked, and drops marks whose pieces are gone', () => {
    const state = ready();
    state.countGuess.value = 2;
    state.toggleLost(keyOf(1, 48));
    expect([state.countGuess.value, state.weather.value.lose.size]).toEqual([2, 1]);
    state.setRouter(true);
    state.toggleLost(keyOf(2, 0));
    state.setMtu(2, 576);
    expect([...state.weather.value.lose]).toEqual([keyOf(1, 48)]);
    state.setMtu(1, 100);
    expect(state.weather.value.lose.size).toBe(0);
  });

  it('takes a mark back', () => {
    const state = ready();
    state.toggleLost(keyOf(1, 0));
    state.toggleLost(keyOf(1, 0));
    expect(state.weather.value.lose.size).toBe(0);
  });
});

describe('a run', () => {
  it('is played from its beginning, and judged by what was guessed', () => {
    const state = ready();
    state.toggleLost(keyOf(1, 48));
    state.guess.value = 'part';
    state.send();
    expect([state.phase.value, state.clock.isPlaying.value, state.shownUs.value, state.isOver.value]).toEqual(['sent', true, 0, false]);
    state.clock.follow();
    expect(state.isOver.value).toBe(true);
    expect(state.verdict).toEqual({ said: 'All but the lost part', isRight: false });
    state.guess.value = 'nothing';
    expect(state.verdict?.isRight).toBe(true);
  });

  it('begins anew when it is rolled again half-way', () => {
    const state = ready();
    state.setPercent('overtakePercent', 50);
    state.send('skip');
    state.clock.tick(1_000);
    expect(state.shownUs.value).toBeGreaterThan(0);
    state.roll();
    expect(state.shownUs.value).toBe(0);
  });

  it('is right of whoever says when the first letter is read', () => {
    const state = ready();
    state.guess.value = 'last';
    state.send();
    expect(state.verdict?.isRight).toBe(true);
    state.change();
    state.send('skip');
    expect(state.verdict).toBeUndefined();
  });

  it('plays to its end by itself', () => {
    const state = ready();
    state.send('skip');
    for (let ms = 0; ms < 10_000 && !state.isOver.value; ms += 16) state.clock.tick(16);
    expect([state.isOver.value, state.clock.isPlaying.value]).toEqual([true, false]);
  });

  it('is another one with another roll of the dice, and keeps every setting', () => {
    const state = ready();
    state.setPercent('lossPercent', 40);
    state.send('skip');
    const outcomes = new Set<string>();
    for (let roll = 0; roll < 10; roll += 1) {
      state.roll();
      const { run } = state;
      outcomes.add(
        lastRows(run.value ?? expect.fail())
          .filter(isGone)
          .map(({ name }) => name)
          .join(),
      );
    }
    expect(outcomes.size).toBeGreaterThan(2);
    state.change();
    expect([state.phase.value, state.weather.value.lossPercent, state.run.value]).toEqual(['ready', 40, undefined]);
  });

  it('opens one piece at a time', () => {
    const state = ready();
    state.send('skip');
    state.open('1:0');
    state.open('1:48');
    expect(state.openKey.value).toBe('1:48');
    state.open('1:48');
    expect(state.openKey.value).toBeUndefined();
  });
});

describe('a hundred sends', () => {
  it('are counted, and come near what is to be expected', () => {
    const state = ready();
    state.setPercent('lossPercent', 20);
    state.send('skip');
    state.rollMany();
    while (state.rolls.isRolling.value) state.rolls.next();
    expect(state.rolls.outcomes.value).toHaveLength(MANY);
    expect(state.chance).toBeCloseTo(0.8 ** 3, 6);
    expect(Math.abs(state.rolls.whole.value / MANY - 0.8 ** 3)).toBeLessThan(0.15);
    state.rolls.next();
    expect(state.rolls.outcomes.value).toHaveLength(MANY);
  });

  it('are forgotten with other settings', () => {
    const state = ready();
    state.setPercent('lossPercent', 20);
    state.rollMany();
    state.rolls.next();
    state.setPercent('lossPercent', 30);
    expect([state.rolls.outcomes.value.length, state.rolls.isRolling.value]).toEqual([0, false]);
  });

  it('have no simple formula with copies or chosen losses', () => {
    const state = ready();
    state.setPercent('copyPercent', 10);
    expect(state.chance).toBeUndefined();
  });
});

/** What the lesson invites to try, and says of it. */
describe('the experiments of the lesson', () => {
  it('three packets come to Bo, though the second link would carry all in one; the other way round the router cuts', () => {
    const state = ready();
    state.setRouter(true);
    state.setMtu(1, 68);
    state.setMtu(2, 1500);
    state.send('skip');
    const offsets = () => state.run.value?.hops.map((rows) => rows.map(({ data: [from] }) => from / 8));
    expect(offsets()).toEqual([
      [0, 6, 12],
      [0, 6, 12],
    ]);
    state.setMtu(1, 1500);
    state.setMtu(2, 68);
    state.send('skip');
    expect(offsets()).toEqual([[0], [0, 6, 12]]);
  });

  it('of the longest text a third is lost at 1 %, and more with half the MTU', () => {
    const state = ready();
    state.write(SAMPLES.find(({ id }) => id === 'longest')?.text ?? '');
    state.setPercent('lossPercent', 1);
    const share = (mtu: number): number => {
      state.setMtu(1, mtu);
      state.rollMany();
      while (state.rolls.isRolling.value) state.rolls.next();
      return state.rolls.whole.value;
    };
    state.setMtu(1, 1500);
    expect(state.chance).toBeCloseTo(0.636, 3);
    expect(share(750)).toBeLessThan(share(1500));
  });

  it('with every piece doubled, the sentence is read twice at 68 bytes, and the two pages once at 1,500', () => {
    const state = ready();
    state.setPercent('copyPercent', 100);
    state.send('skip');
    expect(timesRead(state.run.value ?? expect.fail())).toBe(2);
    state.write(SAMPLES.find(({ id }) => id === 'page')?.text ?? '');
    state.setMtu(1, 1500);
    state.send('skip');
    expect(timesRead(state.run.value ?? expect.fail())).toBe(1);
  });
});
