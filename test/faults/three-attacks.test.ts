/** The three attacks that end a bare Socket.IO server with one packet each, and what becomes of them here. */
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH } from '#lab/control-plane.ts';
import { openArena } from './arena.ts';
import { startChild } from './child.ts';
import { RawClient } from './raw-client.ts';

const DEEP = '['.repeat(5_000) + ']'.repeat(5_000);

/** One packet each, against a scenario's handler and against the control plane's. */
const ATTACKS = [
  {
    name: 'an array nested 5,000 deep, 10 kB, that a handler sends on',
    inLab: `42["relay",${DEEP}]`,
    onControl: `42["lab:open",${DEEP}]`,
    cutsOff: true,
    exits: 'RangeError: Maximum call stack size exceeded',
  },
  {
    name: 'an async handler that rejects',
    inLab: '42["rejects"]',
    onControl: '42["lab:open",{"scenario":"broken","lanes":[]}]',
    cutsOff: false,
    exits: 'Error: rejects',
  },
  {
    name: 'a handler that calls an acknowledgement nobody asked for',
    inLab: '42["needs-ack",null]',
    onControl: '42["clock",null]',
    cutsOff: false,
    exits: 'TypeError: reply is not a function',
  },
] as const;

describe('a bare Socket.IO server', () => {
  it.each(ATTACKS)('ends at $name', async ({ inLab, exits }) => {
    const bare = await startChild('bare-server.ts');
    const attacker = await RawClient.join(bare.port, CONTROL_PATH);
    attacker.send(inLab);
    const { code, stderr } = await bare.ended;
    expect(code).not.toBe(0);
    expect(stderr).toContain(exits);
    attacker.end();
  });
});

/** Whether an attacker's own connection is closed, rather than answered. */
const isCutOff = (attacker: RawClient, answer: string): Promise<boolean> =>
  Promise.race([attacker.closed.then(() => true), attacker.next(answer).then(() => false)]);

describe('our server', () => {
  const arena = openArena();

  it.each(ATTACKS)('survives $name, in a lab', async ({ inLab, cutsOff }) => {
    const attacker = await arena.join();
    attacker.send(inLab);
    attacker.emit('echo', 'still here', 7);
    expect(await isCutOff(attacker, '437["still here"]')).toBe(cutsOff);
  });

  it.each(ATTACKS)('survives $name, on the control plane', async ({ onControl, cutsOff }) => {
    const attacker = await arena.open(CONTROL_PATH);
    attacker.connect();
    await attacker.next('40');
    attacker.send(onControl);
    attacker.emit('clock', null, 7);
    expect(await isCutOff(attacker, '437[{"ok":true')).toBe(cutsOff);
  });
});
