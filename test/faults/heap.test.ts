/** Nothing of a closed lab stays in memory. Measured in a process of its own, since other tests' heap would drown it. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

type Measured = { readonly leftBytes: number; readonly labs: number; readonly connections: number };

async function measure(...args: readonly string[]): Promise<Measured> {
  const child = spawn(process.execPath, ['--expose-gc', `${import.meta.dirname}/heap.ts`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout));
}

const MB = 1_000_000;
/** 2 kB a lab, where a leaked one holds 10 or more. */
const BOUND = 2 * MB;

describe('opening and closing 1,000 labs with recovery', () => {
  it('leaves nothing', { timeout: 60_000 }, async () => {
    const { leftBytes, ...rest } = await measure();
    expect(rest).toEqual({ labs: 0, connections: 0 });
    expect(leftBytes).toBeLessThan(BOUND);
  });
  it('leaves every lab in memory with Socket.IO’s own recovery adapter: the measure can fail', { timeout: 60_000 }, async () => {
    const { leftBytes } = await measure('stock');
    expect(leftBytes).toBeGreaterThan(2 * BOUND);
  });
});
