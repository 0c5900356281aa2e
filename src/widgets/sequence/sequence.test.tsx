import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { options } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assemble } from '#trace/assemble.ts';
import { messagesOf } from '#trace/fates.ts';
import type { Arrow } from '#trace/layout/drawing.ts';
import { ArrowView } from './arrow-view.tsx';
import { Sequence } from './sequence.tsx';

const logs = JSON.parse(readFileSync('content/recordings/disconnected-is-normal.black-hole.json', 'utf8'));
const trace = assemble(logs);

beforeEach(() => {
  render(<Sequence trace={trace} name="a black hole" />);
});
afterEach(cleanup);

const drawing = (kind: 'wide' | 'narrow') =>
  within(document.querySelector<SVGSVGElement & HTMLElement>(`svg.seq.${kind}`) ?? document.body);

describe('the diagram', () => {
  it('draws each message in both sizes, but for heartbeats that went well', () => {
    const loud = messagesOf(trace).filter(({ what, fate }) => what !== 'heartbeat' || fate.kind === 'lost');
    expect(drawing('wide').getAllByRole('button')).toHaveLength(loud.length);
    expect(drawing('narrow').getAllByRole('button')).toHaveLength(loud.length);
  });

  it('opens a message by click, and by Enter', () => {
    const two = drawing('wide').getByRole('button', { name: /"two", server to Bo/ });
    fireEvent.click(two);
    expect(two.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('42["chat","two"]')).toBeTruthy();
    const one = drawing('wide').getByRole('button', { name: /"one", Ada to server/ });
    fireEvent.keyDown(one, { key: 'Enter' });
    expect(screen.getByText('42["chat","one"]')).toBeTruthy();
  });

  it('says beside a lost arrow why, in words', () => {
    expect(drawing('wide').getByText('lost: black hole')).toBeTruthy();
    expect(drawing('wide').getByText('never sent: Bo away')).toBeTruthy();
  });

  it('draws no arrow again because another one was opened', () => {
    const [first, second, third] = drawing('wide').getAllByRole('button');
    const idOf = (arrow: HTMLElement | undefined) => arrow?.getAttribute('data-id');
    const drawn = new Set<unknown>();
    const { diffed } = options;
    options.diffed = (vnode) => {
      diffed?.(vnode);
      if (vnode.type === ArrowView && 'arrow' in vnode.props) drawn.add(vnode.props.arrow);
    };
    fireEvent.click(second ?? document.body);
    fireEvent.click(third ?? document.body);
    if (diffed) options.diffed = diffed;
    else delete options.diffed;
    expect([...drawn].map((arrow) => (arrow as Arrow).id)).toEqual(expect.arrayContaining([idOf(first), idOf(second), idOf(third)]));
    expect(drawn.size).toBe(2 * 3);
  });

  it('has one arrow in the order of Tab, and the arrow keys move among them in order of time', () => {
    const arrows = drawing('wide').getAllByRole('button');
    expect(arrows.filter((arrow) => arrow.getAttribute('tabindex') === '0')).toHaveLength(1);
    const [first, second] = arrows;
    first?.focus();
    fireEvent.keyDown(first ?? document.body, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second ?? document.body, { key: 'End' });
    expect(document.activeElement).toBe(arrows.at(-1));
    fireEvent.keyDown(arrows.at(-1) ?? document.body, { key: 'Home' });
    expect(document.activeElement).toBe(first);
  });

  it('has a text twin with a row for each event', () => {
    const table = screen.getByRole('table', { hidden: true });
    expect(within(table).getAllByRole('row', { hidden: true })).toHaveLength(trace.events.length + 1);
    expect(table.textContent).toContain('lost on the wire');
    expect(table.textContent).toContain('never sent');
  });

  it('steps back and forth through what happened, and says the time', () => {
    const slider = screen.getByRole('slider', { name: /Time shown/ });
    fireEvent.input(slider, { target: { value: '0' } });
    const atFirst = drawing('wide').queryAllByRole('button').length;
    fireEvent.click(screen.getByRole('button', { name: 'Step' }));
    fireEvent.click(screen.getByRole('button', { name: 'Step' }));
    expect(drawing('wide').getAllByRole('button').length).toBeGreaterThan(atFirst);
    expect(slider.getAttribute('aria-valuetext')).not.toBe('0.00 s');
    fireEvent.click(screen.getByRole('button', { name: 'Step back' }));
    fireEvent.click(screen.getByRole('button', { name: 'Step back' }));
    expect(slider.getAttribute('aria-valuetext')).toBe('0.00 s');
  });
});
