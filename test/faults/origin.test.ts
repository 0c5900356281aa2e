/** A foreign page in its reader’s browser: CORS does not protect WebSockets, so the server must. */
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import { openArena } from './arena.ts';

const arena = openArena();

describe.each([
  ['the control plane', () => CONTROL_PATH],
  ['a lab', () => labPath(arena.lab)],
])('%s', (_plane, path) => {
  it('takes a page of this very server', async () => {
    const page = await arena.open(path(), { Origin: arena.ours.url });
    page.connect();
    await page.next('40');
  });
  it('takes a page that came under another name of the server, as long as it is the same for both', async () => {
    const page = await arena.open(path(), { Origin: 'https://wire.example', Host: 'wire.example' });
    page.connect();
    await page.next('40');
  });
  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['a name that another Host is asked for', { Origin: 'https://evil.example', Host: 'wire.example' }],
  ])('refuses a page of %s', async (_whose, headers) => {
    await expect(arena.open(path(), headers)).rejects.toThrow('400');
  });
  it('refuses a page of this server that asks for another Host', async () => {
    await expect(arena.open(path(), { Origin: arena.ours.url, Host: 'wire.example' })).rejects.toThrow('400');
  });
});
