/** Clients that do not read. What waits for them is bounded, and then they are closed. */
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { next } from '../../server/app.fixture.ts';
import { openArena } from './arena.ts';
import type { RawClient } from './raw-client.ts';

const arena = openArena();

/** Has 100 kB sent to this client. */
const fill = (client: RawClient) => client.emit('fill', 10);

describe('a client of a lab', () => {
  it('that reads may get any amount, as long as it keeps up', async () => {
    const reader = await arena.join();
    for (let round = 0; round < 40; round++) {
      fill(reader);
      await reader.echoed();
    }
    expect(40 * 100_000).toBeGreaterThan(10 * LIMITS.unreadBytes);
    expect(arena.troubles('did not read')).toBe(0);
  });
  it('that does not read is closed at the byte cap, and told of once', async () => {
    const attacker = await arena.join();
    attacker.socket.pause();
    for (let round = 0; round < 90; round++) fill(attacker);
    await arena.troubled('did not read', /^\d+ bytes$/);
    attacker.socket.resume();
    await attacker.closed;
    await (await arena.join()).echoed();
    expect(arena.troubles('did not read')).toBe(1);
  });
});

describe('a page', () => {
  it('that does not read is closed at the byte cap of the control plane', async () => {
    const talker = await arena.join();
    for (let round = 0; round < 40; round++) {
      fill(talker);
      await talker.echoed();
    }
    // The history is what has been told: the last batch is on its way.
    await next(arena.page, 'lab:records');
    const attacker = await arena.open(CONTROL_PATH);
    attacker.connect();
    await attacker.next('40');
    attacker.socket.pause();
    // Each answer is the whole history of the lab.
    for (let i = 0; i < 50; i++) attacker.emit('lab:join', { lab: arena.lab }, i);
    while ((await arena.metric('wire_troubles_total{what="did not read"}')) < 2);
    attacker.socket.resume();
    await attacker.closed;
  });
});
