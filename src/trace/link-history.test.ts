import { describe, expect, it } from 'vitest';
import { causeOfLoss, type SessionLife } from './link-history.ts';
import type { ClientRecord, LinkAct } from './records.ts';

/** A session from 100 to 200. */
const LIFE: SessionLife = { openedAt: 100, clientEndedAt: 200, serverEndedAt: 200, isCrash: false };
const acts = (...list: readonly (readonly [number, LinkAct])[]): readonly ClientRecord[] => list.map(([t, act]) => ['act', t, act]);

describe('the cause of a loss', () => {
  it.each<[string, readonly (readonly [number, LinkAct])[], Partial<SessionLife>, string]>([
    ['is a black hole', [[150, 'black-hole']], {}, 'black-hole'],
    ['is a cut', [[200, 'cut']], {}, 'cut'],
    ['is a change of network', [[200, 'change-network']], {}, 'network-change'],
    ['is a crash, if the server crashed', [], { isCrash: true }, 'crash'],
    ['is the end of the connection, if nothing was done to the link', [], {}, 'closed'],
    ['is the end of the connection after a goodbye', [[200, 'disconnect']], {}, 'closed'],
    ['is the end of the connection of one who was thrown out', [[200, 'throw-out']], {}, 'closed'],
    [
      'is what broke the link first',
      [
        [150, 'black-hole'],
        [200, 'cut'],
      ],
      {},
      'black-hole',
    ],
    [
      'is a black hole, even if its client says goodbye in it',
      [
        [150, 'black-hole'],
        [200, 'disconnect'],
      ],
      {},
      'black-hole',
    ],
    ['is a black hole, even if the server crashes behind it', [[150, 'black-hole']], { isCrash: true }, 'black-hole'],
    [
      'is no black hole that was mended',
      [
        [120, 'black-hole'],
        [150, 'plug'],
      ],
      { isCrash: true },
      'crash',
    ],
    [
      'is a black hole that was mended too late for the server',
      [
        [120, 'black-hole'],
        [180, 'plug'],
      ],
      { serverEndedAt: 170 },
      'black-hole',
    ],
    ['is nothing that was done to an earlier session', [[90, 'change-network']], { isCrash: true }, 'crash'],
    ['is nothing that was done when it was over', [[201, 'cut']], {}, 'closed'],
  ])('%s', (_what, done, life, cause) => {
    expect(causeOfLoss(acts(...done), { ...LIFE, ...life })).toBe(cause);
  });
});
