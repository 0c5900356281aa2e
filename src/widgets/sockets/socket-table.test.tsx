import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { threeConnections } from '#content/benches/three-connections.ts';
import type { BenchRecording } from '#lab/sockets/script.ts';
import { AskState, cardOf } from './ask-state.ts';
import type { TableSources } from './bench-parts.ts';
import { openTable, RecordedBench } from './bench-run.tsx';
import { RowsView } from './rows-view.tsx';
import { SocketTable } from './socket-table.tsx';

const RECORDING: BenchRecording = JSON.parse(readFileSync('content/recordings/benches/three-connections.json', 'utf8'));
const CARD = cardOf(threeConnections);
const SOURCES: TableSources = {
  host: () => Promise.reject(new Error('no server')),
  script: async () => threeConnections,
  recording: async () => RECORDING,
};
const EMPTY = openTable({ script: threeConnections, recording: RECORDING, sources: SOURCES, ask: new AskState() });
const GONE: TableSources = { ...SOURCES, script: () => Promise.reject(new Error('gone')) };

afterEach(cleanup);
const show = (sources = SOURCES) =>
  render(
    <SocketTable card={CARD} sources={sources} rows={<RowsView table={EMPTY} />}>
      <RecordedBench script={threeConnections} recording={RECORDING} />
    </SocketTable>,
  );
const button = (name: string) => screen.getByRole('button', { name });

describe('the table of sockets, as it is built', () => {
  it('has the whole recorded run in it, folded away', () => {
    const { container } = show();
    const recorded = within(container.querySelector('.recorded-run') as HTMLElement);
    const [table] = recorded.getAllByRole('table', { hidden: true });
    expect(within(table as HTMLElement).getAllByRole('row', { hidden: true })).toHaveLength(1 + 8);
    expect(recorded.getByText('refused')).toBeDefined();
    expect(recorded.getByText(/^The same run as a table/)).toBeDefined();
  });

  it('asks before anything is opened, and the question can be skipped', () => {
    show();
    expect(screen.getByText('No socket yet. The first step opens one.')).toBeDefined();
    expect(button('Open a listening socket').hasAttribute('disabled')).toBe(true);
    fireEvent.click(screen.getByLabelText('One, for all of them'));
    expect(button('Open a listening socket').hasAttribute('disabled')).toBe(false);
    expect(screen.queryByRole('button', { name: 'Skip the guess and begin' })).toBeNull();
  });
});

describe('without a server', () => {
  it('a recorded run says so, and offers nothing that it cannot do', async () => {
    show();
    fireEvent.click(screen.getByLabelText('Three: one for each client'));
    fireEvent.click(button('Open a listening socket'));
    await waitFor(() => expect(screen.getByText(/The lab server does not answer\./)).toBeDefined());
    expect(screen.getAllByText('recorded').length).toBeGreaterThan(0);
    for (const name of ['Connect Ada', 'Connect Bo', 'Connect Cy']) fireEvent.click(button(name));
    expect(screen.getByText('You said')).toBeDefined();
    expect(screen.getByText('What the table says')).toBeDefined();
    expect(button('Connect Dee to a port where nobody waits')).toBeDefined();
    for (const name of ['Send as Ada', 'Close the listening socket']) expect(screen.queryByRole('button', { name })).toBeNull();
    expect(button('Try again live')).toBeDefined();
  });

  it('asks again when not even the table can be fetched', async () => {
    show(GONE);
    fireEvent.click(button('Skip the guess and begin'));
    await waitFor(() => expect(screen.getByText(/^The lab could not be loaded/)).toBeDefined());
    expect(button('Skip the guess and begin')).toBeDefined();
  });

  it('takes the keyboard along to the first step that can be done', async () => {
    show();
    const begin = button('Skip the guess and begin');
    begin.focus();
    fireEvent.click(begin);
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Connect Ada'));
  });
});
