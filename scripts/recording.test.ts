import { expect, it } from 'vitest';
import type { Logs } from '#trace/records.ts';
import { anonymised, fromZero } from './recording.ts';

const ID = 'oSO0OpakMV_3jnilAAAA';
const logs: Logs = {
  lanes: [],
  since: 1_000.06,
  until: 1_010.19,
  clockOffsetMs: 0.44,
  server: [['opened', 1_000.04, ID, 'websocket']],
  clients: { bo: [['created', 1_003.21, ID, `40{"sid":"${ID}"}`]] },
};

it('a recording begins at 0, and what came before stays before it', () => {
  const { since, until, server, clients } = anonymised(logs);
  expect({ since, until }).toEqual({ since: 0, until: 10.1 });
  expect(server[0]?.[1]).toBeLessThan(0);
  expect(clients['bo']?.[0]?.[1]).toBe(3.1);
});

it('a recording names each random id, wherever it stands, and the same id alike', () => {
  const { server, clients } = anonymised(logs);
  expect(server[0]?.[2]).toBe('id01');
  expect(clients['bo']?.[0]).toEqual(['created', 3.1, 'id01', '40{"sid":"id01"}']);
});

it('a bench’s recording begins at 0, and keeps the microseconds', () => {
  const record = { step: 1, socket: 'server', kind: 'closed' } as const;
  expect(
    fromZero([
      { ...record, t: 1_000.0625 },
      { ...record, t: 1_000.0637 },
    ]).map(({ t }) => t),
  ).toEqual([0, 0.001]);
  expect(fromZero([])).toEqual([]);
});
