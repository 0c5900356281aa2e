import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { playDelay } from '#sim/scenes/delay.ts';
import { DelayRuler, type RulerSources } from './delay-ruler.tsx';
import { type Meter, SAMPLES } from './round-trip-state.ts';
import { exampleCases, RulerExample } from './ruler-example.tsx';

afterEach(cleanup);

const meterOf = (ms: number | undefined): Meter => ({
  open: () => Promise.resolve(ms !== undefined),
  roundTripMs: () => Promise.resolve(ms),
  close: () => undefined,
});

const sources = (change: Partial<RulerSources> = {}): RulerSources => ({
  scene: () => Promise.resolve(playDelay),
  meter: () => Promise.resolve(meterOf(60)),
  pause: () => Promise.resolve(),
  hostName: () => 'wire.example',
  ...change,
});

const press = (name: string | RegExp): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};
const pick = (name: string | RegExp): void => {
  fireEvent.click(screen.getByRole('radio', { name }));
};
const isDisabled = (name: string): boolean => screen.getByRole('button', { name }).hasAttribute('disabled');
const bars = () => within(screen.getByRole('region', { name: 'The delay of each packet, to scale' }));

async function run(caseName: RegExp, guess?: string): Promise<void> {
  pick(caseName);
  if (guess) pick(guess);
  press(guess ? 'Run it' : 'Skip the guess and run');
  await screen.findByText(/What happened|As you said/);
}

describe('before a run', () => {
  it('a guess is asked for, and can be skipped', () => {
    render(<DelayRuler sources={sources()} />);
    expect(isDisabled('Run it')).toBe(true);
    pick('About half');
    expect(isDisabled('Run it')).toBe(false);
    expect(screen.queryByRole('button', { name: 'Skip the guess and run' })).toBeNull();
  });
  it('each case has its own question', () => {
    render(<DelayRuler sources={sources()} />);
    pick('A full queue');
    expect(screen.getByRole('group', { name: 'Any number may wait now. What do you get?' })).toBeTruthy();
  });
});

describe('after a run', () => {
  it('what was said stands beside what happened, with the reason, and has the focus', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/continent/, 'A tenth of what it was');
    expect(screen.getByText('A tenth of what it was').closest('.wrong')).toBeTruthy();
    expect(screen.getByText(/needs 30.04 ms in place of 30.4 ms/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.className).toBe('verdict'));
  });
  it('every bar is told in words, the one it is compared with too', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/continent/);
    expect(bars().getByRole('button', { name: /^before, 10 Mbit\/s: packet 1/ }).textContent).toContain(
      'transmission 400 µs, propagation 30 ms',
    );
    expect(bars().getByRole('button', { name: /^packet 1/, pressed: true }).textContent).toContain('30.04 ms');
  });
  it('a part that is too small says so, and is drawn when it is zoomed in on', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/continent/);
    const zoom = screen.getByRole('group', { name: 'Too small to draw at this scale: transmission. Zoom in' });
    expect(document.querySelector('.ruler-row[aria-pressed="true"] .is-transmission')).toBeNull();
    fireEvent.click(within(zoom).getByRole('button', { name: 'transmission' }));
    expect(document.querySelector('.ruler-row[aria-pressed="true"] .is-transmission')).not.toBeNull();
    expect(screen.getByRole('group', { name: 'Zoom in' })).toBeTruthy();
  });
  it('packets that found the queue full are lost, in the bars, in the queue and in the table', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/full queue/);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Any number may wait' }));
    expect(screen.getByText(/24 of 200 packets are dropped/)).toBeTruthy();
    press('First dropped');
    expect(bars().getByRole('button', { pressed: true }).textContent).toContain('lost: the queue was full');
    expect(document.querySelectorAll('.ruler-queue-drops:not(.is-before) svg').length).toBe(24);
    fireEvent(document.querySelector('details.recorded-run') ?? document.body, new Event('toggle'));
    expect(screen.getByText(/^The same as a table, 200 packets/)).toBeTruthy();
  });
  it('a slider and its number set the same figure, and the sentence follows', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/continent/);
    const slider = screen.getByRole('slider', { name: 'Length of the cable' });
    fireEvent.input(slider, { target: { value: slider.getAttribute('max') } });
    expect(slider.getAttribute('aria-valuetext')).toBe('20,000 km, the other side of the Earth');
    expect(screen.getByText(/40 µs to be sent and 100 ms to travel/)).toBeTruthy();
    const number = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Length of the cable km' });
    expect(number.value).toBe('20000');
    fireEvent.change(number, { target: { value: '99999' } });
    expect(number.value).toBe('20000');
    fireEvent.change(number, { target: { value: '' } });
    expect(number.value).toBe('20000');
  });
  it('another case can be chosen, and the next one is offered', async () => {
    render(<DelayRuler sources={sources()} />);
    await run(/continent/);
    press('Another case');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('radio', { name: /large file/ })));
    expect(screen.getByRole('radio', { name: /continent.*you have seen this one/ })).toBeTruthy();
  });
  it('a simulator that cannot be loaded is told, and nothing is lost', async () => {
    render(<DelayRuler sources={sources({ scene: () => Promise.reject(new Error('offline')) })} />);
    press('Skip the guess and run');
    expect(await screen.findByText(/The simulator could not be loaded/)).toBeTruthy();
    expect(isDisabled('Skip the guess and run')).toBe(false);
  });
});

describe('the round trip', () => {
  it('is measured on request, and says what it means', async () => {
    render(<DelayRuler sources={sources()} />);
    expect(screen.getByText(/Nothing has been sent yet/)).toBeTruthy();
    press('Measure');
    expect(await screen.findByText(new RegExp(`is the median of ${SAMPLES} round trips`))).toBeTruthy();
    expect(screen.getByText(/light in a fibre goes 6,000 km/)).toBeTruthy();
  });
  it('is drawn as a row of the ruler, on the scale of the bars', async () => {
    render(<DelayRuler sources={sources()} />);
    press('Measure');
    await screen.findByText(/is the median/);
    await run(/continent/);
    expect(bars().getByText(/your round trip, measured/)).toBeTruthy();
    // 60 ms are the longest of all: the axis reaches that far.
    expect(document.querySelector('.ruler-trip-median')?.getAttribute('x1')).toBe('95.238%');
  });
  it('to one’s own computer is no way at all', async () => {
    render(<DelayRuler sources={sources({ hostName: () => '127.0.0.1' })} />);
    press('Measure');
    expect(await screen.findByText(/the server is a program on your own computer/)).toBeTruthy();
  });
  it('without a server says so, and the rest works', async () => {
    render(<DelayRuler sources={sources({ meter: () => Promise.resolve(meterOf(undefined)) })} />);
    press('Measure');
    expect(await screen.findByText('The server does not answer. The rest of this page works without it.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
    await run(/large file/, 'After about a tenth of the time');
    expect(screen.getByText('As you said')).toBeTruthy();
  });
});

it('the cases that are played with the page show both runs and the reason, and nothing in them can be pressed', async () => {
  render(<RulerExample states={await exampleCases()} />);
  expect(screen.getByText(/needs 30.04 ms in place of 30.4 ms/)).toBeTruthy();
  expect(screen.getByText(/24 packets lost at the thin crosses/)).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});
