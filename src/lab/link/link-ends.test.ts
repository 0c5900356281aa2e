import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from './clock.fixture.ts';
import { dial, type FarEnd, farEnd, opened } from './far-end.fixture.ts';
import { Link } from './link.ts';

let far: FarEnd;
beforeEach(async () => {
  far = await farEnd();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await far.close();
});

const OPEN = 1;
const arrivalsOf = (who: string): readonly string[] => far.seen.entries.filter((entry) => entry.startsWith(who));

describe('a cut', () => {
  it('is noticed by both sides at once', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.cut();
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
    await far.seen.has('bo closes');
  });
  it('loses what is under way, both ways', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    const near = await opened(link, `${far.url}/bo`);
    link.setDelay(50);
    near.socket.send('up');
    far.of('bo').send('down');
    await clock.asked.until((waits) => waits.length === 2);
    link.cut();
    link.plug();
    clock.advance(1_000);
    await far.seen.has('bo closes');
    expect(arrivalsOf('bo')).toEqual(['bo opens', 'bo closes']);
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
    expect(clock.timers).toBe(0);
  });
  it('stays: every dial fails at once, and nothing leaves, until the cable is plugged in', async () => {
    const link = new Link();
    link.cut();
    for (const attempt of ['first', 'second']) {
      const near = dial(link, `${far.url}/${attempt}`);
      await near.seen.has('close 1006');
      expect(near.seen.entries).toEqual(['error', 'close 1006']);
    }
    expect(link.state).toBe('down');
    link.plug();
    await opened(link, `${far.url}/third`);
    expect(far.seen.entries).toEqual(['third opens']);
  });
  it('fails a dial that is under way', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    link.setDelay(50);
    const near = dial(link, `${far.url}/bo`);
    await clock.asked.until((waits) => waits.length === 1);
    link.cut();
    expect(near.seen.entries).toEqual(['error', 'close 1006']);
    await far.seen.has('bo closes');
  });
  it('ends a black hole: now both sides notice', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.hole();
    near.socket.send('into the hole');
    link.cut();
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
    await far.seen.has('bo closes');
    expect(arrivalsOf('bo')).toEqual(['bo opens', 'bo closes']);
  });
  it('cuts every connection of its link, and none of another', async () => {
    const [link, other] = [new Link(), new Link()];
    await opened(link, `${far.url}/one`);
    await opened(link, `${far.url}/two`);
    const stays = await opened(other, `${far.url}/other`);
    link.cut();
    await Promise.all([far.seen.has('one closes'), far.seen.has('two closes')]);
    expect([stays.seen.entries, far.of('other').readyState]).toEqual([['open'], OPEN]);
  });
});

describe('a change of network', () => {
  it('is known here at once, while the far end keeps an open connection that says nothing', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.changeNetwork();
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
    near.socket.send('from the old address');
    far.of('bo').send('to the old address');
    const again = await opened(link, `${far.url}/bo-again`);
    again.socket.send('from the new address');
    await far.seen.has('bo-again says from the new address');
    expect(arrivalsOf('bo ')).toEqual(['bo opens']);
    expect(far.of('bo').readyState).toBe(OPEN);
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
  });
  it('loses what is under way', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    const near = await opened(link, `${far.url}/bo`);
    link.setDelay(50);
    near.socket.send('up');
    link.changeNetwork();
    expect(clock.timers).toBe(0);
    clock.advance(1_000);
    link.setDelay(0);
    await opened(link, `${far.url}/bo-again`);
    expect(arrivalsOf('bo ')).toEqual(['bo opens']);
  });
  it('fails a dial that is under way, so that the next attempt need not wait for a timeout', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    link.setDelay(50);
    const near = dial(link, `${far.url}/bo`);
    const { onerror } = near.socket;
    // As an engine does.
    near.socket.onerror = (error) => {
      onerror?.(error);
      near.socket.close();
    };
    await clock.asked.until((waits) => waits.length === 1);
    link.changeNetwork();
    expect(near.seen.entries).toEqual(['error', 'close 1006']);
    clock.advance(1_000);
    link.setDelay(0);
    await opened(link, `${far.url}/bo-again`);
    expect([arrivalsOf('bo '), far.of('bo').readyState]).toEqual([['bo opens'], OPEN]);
  });
  it('keeps listening to the old connection: one without listeners a browser may collect, and so close', async () => {
    const dialled: WebSocket[] = [];
    class RealWebSocket extends WebSocket {
      constructor(url: string) {
        super(url);
        dialled.push(this);
      }
    }
    vi.stubGlobal('WebSocket', RealWebSocket);
    const link = new Link();
    await opened(link, `${far.url}/bo`);
    link.changeNetwork();
    expect(dialled.map(({ onmessage }) => typeof onmessage)).toEqual(['function']);
  });
  it('leaves the old connection to the far end to close', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.changeNetwork();
    link.cut();
    link.plug();
    near.socket.close();
    await opened(link, `${far.url}/bo-again`);
    expect(far.of('bo').readyState).toBe(OPEN);
    far.of('bo').close();
    await far.seen.has('bo closes');
  });
});

describe('a socket that hangs up', () => {
  it('is closed here at once, and there behind the data', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    const near = await opened(link, `${far.url}/bo`);
    link.setDelay(50);
    near.socket.send('last words');
    near.socket.close();
    await near.seen.has('close 1005');
    expect(arrivalsOf('bo')).toEqual(['bo opens']);
    clock.advance(50);
    await far.seen.has('bo closes');
    expect(arrivalsOf('bo')).toEqual(['bo opens', 'bo says last words', 'bo closes']);
  });
  it('hears nothing any more, and tells of its end once', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    const near = await opened(link, `${far.url}/bo`);
    link.setDelay(50);
    far.of('bo').send('too late');
    await clock.asked.until((waits) => waits.length === 1);
    near.socket.close();
    near.socket.close();
    clock.advance(1_000);
    await far.seen.has('bo closes');
    clock.advance(1_000);
    link.cut();
    expect(near.seen.entries).toEqual(['open', 'close 1005']);
  });
});
