import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { line, send } from '#sim/line.fixture.ts';
import { simulate } from '#sim/network.ts';
import { Sequence } from './sequence.tsx';

const far = { forth: { duplication: { nth: [1], laterUs: 900 }, loss: { nth: [2] } } };
const { trace } = simulate(line({ far }), (network) => {
  send(network);
  network.kernel.at(5000, () => send(network));
  network.kernel.at(9000, () => send(network, { ttl: 1 }));
});

beforeEach(() => {
  render(<Sequence trace={trace} name="three datagrams" />);
});
afterEach(cleanup);

const wide = () => within(document.querySelector<SVGSVGElement & HTMLElement>('svg.seq.wide') ?? document.body);

describe('the diagram of a simulated network', () => {
  it('has a lane for each host and router, with its name and a mark of its own', () => {
    const heads = [...document.querySelectorAll('svg.seq.wide .lane-name')];
    expect(heads.map(({ textContent }) => textContent)).toEqual(['Ada', 'Router', 'Bo']);
    const marks = [...document.querySelectorAll('svg.seq.wide .lane-mark')].map((mark) => mark.getAttribute('d'));
    expect(new Set(marks).size).toBe(3);
  });

  it('tells times in milliseconds, in the drawing, the replay and the table', () => {
    expect(wide().getByRole('button', { name: /UDP 50000→9999, Ada to Router, sent 5\.00 ms, received 6\.03 ms/ })).toBeTruthy();
    expect(screen.getByRole('slider', { name: /Time shown/ }).getAttribute('aria-valuetext')).toMatch(/ ms$/);
    expect(screen.getByRole('columnheader', { name: 'Time (ms)', hidden: true })).toBeTruthy();
  });

  it('says what was lost, dropped, or came twice, and draws each in its own way', () => {
    expect(wide().getByRole('button', { name: /Router to Bo, .* lost on the wire: the link lost it$/ })).toBeTruthy();
    expect(wide().getByRole('button', { name: /dropped before it left: its time to live was used up$/ })).toBeTruthy();
    expect(wide().getByRole('button', { name: /received 2\.05 ms, and again 2\.95 ms$/ })).toBeTruthy();
    expect(wide().getByText('dropped: TTL used up')).toBeTruthy();
    expect(document.querySelectorAll('svg.seq.wide .copy')).toHaveLength(1);
    expect(screen.getByText('duplicated')).toBeTruthy();
    expect(screen.getByRole('table', { hidden: true }).textContent).toContain('received 2.05 ms, and again 2.95 ms');
  });

  it('opens an arrow down to the bytes of its frame', async () => {
    // The page loads this part on demand; here it is there before, so that nothing is waited for.
    await import('./frame-detail.tsx');
    fireEvent.click(wide().getByRole('button', { name: /Ada to Router, sent 0\.00 ms/ }));
    const tree = await screen.findByRole('tree', { name: /layers of UDP/ });
    expect(within(tree).getAllByRole('treeitem').length).toBeGreaterThan(3);
    expect(screen.getByText('On the wire: 60 bytes')).toBeTruthy();
  });
});
