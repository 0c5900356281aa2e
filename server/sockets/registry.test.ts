import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import { type BenchEnding, Benches, type BenchesSettings, type Owner } from './registry.ts';

const ADA: Owner = { page: 'page of ada', address: '192.0.2.1' };
const BO: Owner = { page: 'page of bo', address: '192.0.2.2' };

let benches: Benches;
let ended: (readonly [page: string, why: BenchEnding])[];

function start(changes: Partial<BenchesSettings> = {}): void {
  ended = [];
  benches = new Benches({
    ...LIMITS,
    now: () => 0,
    record: () => undefined,
    ended: ({ page }, why) => ended.push([page, why]),
    ...changes,
  });
}
beforeEach(() => {
  vi.useFakeTimers();
  start();
});
afterEach(() => {
  benches.closeAll();
  vi.useRealTimers();
});

function opened(owner: Owner): string {
  const result = benches.open(owner);
  if (!result.ok) throw new Error(result.why);
  return result.value.bench;
}

describe('benches', () => {
  it('are found by their own page alone', () => {
    const bench = opened(ADA);
    expect(benches.get(ADA.page, bench)).toBeDefined();
    expect(benches.get(BO.page, bench)).toBeUndefined();
    expect(benches.get(ADA.page, '__proto__')).toBeUndefined();
  });

  it('are bounded in all, for an address, and for a page', () => {
    start({ benches: 2 });
    opened(ADA);
    opened(BO);
    expect(benches.open(BO)).toEqual({ ok: false, why: 'bench-limit' });
    start({ benchesPerAddress: 1 });
    opened(ADA);
    expect(benches.open({ ...ADA, page: 'another' })).toEqual({ ok: false, why: 'visitor-limit' });
    start({ benchesPerPage: 1 });
    opened(ADA);
    expect(benches.open({ ...BO, page: ADA.page })).toEqual({ ok: false, why: 'visitor-limit' });
  });

  it('make room when they end', () => {
    start({ benches: 1 });
    benches.close(opened(ADA), 'closed');
    expect(benches.size).toBe(0);
    opened(BO);
  });

  it('end when nobody uses them for a while', () => {
    const used = opened(ADA);
    opened(BO);
    vi.advanceTimersByTime(LIMITS.benchIdleMs - 1);
    benches.get(ADA.page, used);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual([[BO.page, 'expired']]);
    vi.advanceTimersByTime(LIMITS.benchIdleMs);
    expect(ended).toHaveLength(2);
    expect(benches.size).toBe(0);
  });

  it('end after their life, used or not', () => {
    const bench = opened(ADA);
    for (let spent = 0; spent < LIMITS.benchLifeMs; spent += 1_000) {
      expect(benches.get(ADA.page, bench)).toBeDefined();
      vi.advanceTimersByTime(1_000);
    }
    expect(ended).toEqual([[ADA.page, 'expired']]);
  });

  it('leave no timer behind', () => {
    benches.close(opened(ADA), 'closed');
    opened(BO);
    benches.closeAll();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('end with their page, and others do not', () => {
    opened(ADA);
    const bos = opened(BO);
    opened(ADA);
    benches.leave(ADA.page);
    expect(ended).toEqual([
      [ADA.page, 'closed'],
      [ADA.page, 'closed'],
    ]);
    expect(benches.get(BO.page, bos)).toBeDefined();
  });

  it('end with the server, and no more are opened', () => {
    opened(ADA);
    benches.closeAll();
    expect(ended).toEqual([[ADA.page, 'stopped']]);
    expect(benches.open(BO)).toEqual({ ok: false, why: 'shutting-down' });
  });
});
