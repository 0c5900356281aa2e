/** What each file of attacks needs: our server in a process of its own, a lab to attack, and a bystander in another. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import { readBatch } from '#lab/record-text.ts';
import { connect, next, openLab, type PageSocket } from '../../server/app.fixture.ts';
import { type Bystander, bystander } from './bystander.ts';
import { type Child, startChild } from './child.ts';
import { RawClient } from './raw-client.ts';

type Trouble = { readonly lab: string; readonly what: string; readonly detail: string };

export class Arena {
  #ours: Child | undefined;
  #other: Bystander | undefined;
  #page: PageSocket | undefined;
  #clients: RawClient[] = [];
  #troubles: Trouble[] = [];
  /** The lab under attack: a new one for each test. */
  lab = '';

  get ours(): Child {
    if (!this.#ours) throw new Error('the server has not started');
    return this.#ours;
  }
  /** The page that opened the lab: a new one for each test, since each may ask only so often. */
  get page(): PageSocket {
    if (!this.#page) throw new Error('the page is not there');
    return this.#page;
  }
  get #bystander(): Bystander {
    if (!this.#other) throw new Error('the bystander is not there');
    return this.#other;
  }

  /** A raw client in a namespace of the lab. */
  join(auth: object = {}, namespace = '/'): Promise<RawClient> {
    return this.#keep(RawClient.join(this.ours.port, labPath(this.lab), auth, namespace));
  }
  /** A raw client on a path, in no namespace. */
  open(path = labPath(this.lab), headers: Record<string, string> = {}): Promise<RawClient> {
    return this.#keep(RawClient.open(this.ours.port, path, headers));
  }

  /** Resolves when the lab's records tell of so many faults of this kind, in these words. */
  async troubled(what: string, detail: string | RegExp = '', times = 1): Promise<void> {
    const count = () => this.#troubles.filter((each) => each.lab === this.lab && each.what === what && each.detail.match(detail)).length;
    while (count() < times) await next(this.page, 'lab:records');
  }
  /** How many faults of this kind the lab's records have told of so far. */
  troubles(what: string): number {
    return this.#troubles.filter((each) => each.lab === this.lab && each.what === what).length;
  }

  /** A metric of the server; 0 when it has not been counted yet. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.ours.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length) ?? 0,
    );
  }

  async start(): Promise<void> {
    this.#ours = await startChild('our-server.ts');
    this.#other = await bystander(this.ours);
  }
  async prepare(): Promise<void> {
    this.#page = await connect(this.ours.url, CONTROL_PATH);
    this.page.on('lab:records', ({ lab, records }) => {
      for (const record of readBatch(records))
        if (record[0] === 'trouble') this.#troubles.push({ lab, what: record[2], detail: record[3] });
    });
    this.lab = await openLab(this.page, 'attackable');
  }
  /** After each attack: the process lives, the bystander has noticed nothing, and the attacked lab takes new clients. */
  async judge(): Promise<void> {
    expect(await this.#bystander.harm()).toEqual([]);
    await (await this.join()).echoed();
    for (const client of this.#clients.splice(0)) client.end();
    await this.page.emitWithAck('lab:close', { lab: this.lab });
    this.page.disconnect();
  }
  async stop(): Promise<void> {
    this.#bystander.leave();
    await this.ours.stop();
    expect(await this.ours.ended).toEqual({ code: 0, stderr: '' });
  }

  async #keep(opening: Promise<RawClient>): Promise<RawClient> {
    const client = await opening;
    this.#clients.push(client);
    return client;
  }
}

/** An arena for all tests of a file. */
export function openArena(): Arena {
  const arena = new Arena();
  beforeAll(() => arena.start());
  beforeEach(() => arena.prepare());
  afterEach(() => arena.judge());
  afterAll(() => arena.stop());
  return arena;
}
