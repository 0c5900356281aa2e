import { describe, expect, it } from 'vitest';
import { connected, end, type Line, recordsOf, SERVER_LISTENS } from './records.fixture.ts';
import type { SocketFact } from './records.ts';
import { isOpen, socketRows } from './table.ts';

const rowsOf = (...lines: readonly Line[]) => socketRows(recordsOf(...lines));
const stateAfter = (...facts: readonly SocketFact[]) =>
  rowsOf(SERVER_LISTENS, ...connected('ada', 51_000), ...facts.map((fact) => ['ada', fact] as const)).find(({ name }) => name === 'ada')
    ?.state;

describe('the table of sockets', () => {
  it('is empty before anything is opened', () => {
    expect(socketRows([])).toEqual([]);
  });

  it('shows a connection twice, as each end sees it', () => {
    const [, ada, server] = rowsOf(SERVER_LISTENS, ...connected('ada', 51_000));
    expect(ada).toEqual({
      name: 'ada',
      lane: 'ada',
      protocol: 'tcp',
      state: 'connected',
      fd: 51_000,
      local: end(51_000),
      remote: end(4600),
      peer: 'server/ada',
    });
    expect(server).toMatchObject({ name: 'server/ada', lane: 'server', local: end(4600), remote: end(51_000), peer: 'ada' });
  });

  it.each<[string, readonly SocketFact[], string]>([
    ['told-end, when the other end will write no more', [{ kind: 'told-end' }], 'told-end'],
    ['ended, when it will write no more itself', [{ kind: 'ended' }], 'ended'],
    ['ended, when both have said so', [{ kind: 'ended' }, { kind: 'told-end' }], 'ended'],
    ['closed, when it was given back', [{ kind: 'closing' }, { kind: 'closed' }], 'closed'],
    ['connected, whatever it reads and writes', [{ kind: 'read', bytes: 1, text: 'x' }], 'connected'],
  ])('says %s', (_what, facts, state) => {
    expect(stateAfter(...facts)).toBe(state);
  });

  it('remembers that nobody waited, after the socket is closed', () => {
    const [dee] = rowsOf(
      ['dee', { kind: 'connecting', to: 'nobody', remote: end(9), local: end(52_000), fd: 30 }],
      ['dee', { kind: 'refused' }],
      ['dee', { kind: 'closed' }],
    );
    expect(dee).toMatchObject({ state: 'refused', local: end(52_000), remote: end(9) });
    expect(dee && isOpen(dee)).toBe(false);
  });

  it('takes the descriptor from a socket that is over, and keeps its two ends', () => {
    const [server] = rowsOf(SERVER_LISTENS, ['server', { kind: 'closed' }]);
    expect(server).toEqual({ name: 'server', lane: 'server', protocol: 'tcp', state: 'closed', local: end(4600) });
  });

  it('says what the system reported', () => {
    const [, ada] = rowsOf(
      SERVER_LISTENS,
      ...connected('ada', 51_000),
      ['ada', { kind: 'failed', code: 'ECONNRESET' }],
      ['ada', { kind: 'closed' }],
    );
    expect(ada).toMatchObject({ state: 'closed', failed: 'ECONNRESET' });
  });

  it('gives a name that is used again a new line', () => {
    const rows = rowsOf(
      SERVER_LISTENS,
      ...connected('ada', 51_000),
      ['ada', { kind: 'closed' }],
      ['server/ada', { kind: 'closed' }],
      ...connected('ada', 51_001),
    );
    expect(rows.filter(({ name }) => name === 'ada')).toHaveLength(1);
    expect(rows.find(({ name }) => name === 'ada')).toMatchObject({ state: 'connected', local: end(51_001) });
  });

  it('shows a datagram socket without another end, until it has a partner', () => {
    const bound = ['cy', { kind: 'bound', local: end(5000) }] as const;
    expect(rowsOf(bound)).toEqual([{ name: 'cy', lane: 'cy', protocol: 'udp', state: 'bound', local: end(5000) }]);
    const [cy] = rowsOf(
      bound,
      ['cy', { kind: 'connecting', to: 'ada', remote: end(7) }],
      ['cy', { kind: 'connected', local: end(5000), remote: end(7) }],
    );
    expect(cy).toMatchObject({ protocol: 'udp', state: 'connected', local: end(5000), remote: end(7) });
  });
});
