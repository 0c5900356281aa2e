import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from './clock.fixture.ts';
import { dial, type FarEnd, farEnd, opened } from './far-end.fixture.ts';
import { Link } from './link.ts';

let far: FarEnd;
beforeEach(async () => {
  far = await farEnd();
});
afterEach(() => far.close());

/** Something that others can be compared with: whatever was sent before it would be here by now. */
async function somethingElseHappens(): Promise<void> {
  const other = await opened(new Link(), `${far.url}/other`);
  other.socket.send('hello');
  await far.seen.has('other says hello');
  far.of('other').send('hello');
  await other.seen.has('got hello');
}

/** A link with a clock that stands still, its sockets open. */
async function slowLink(delayMs: number) {
  const clock = new ManualClock();
  const link = new Link(clock);
  const near = await opened(link, `${far.url}/bo`);
  link.setDelay(delayMs);
  return { clock, link, near };
}

describe('a link', () => {
  it('carries texts and bytes both ways, in order', async () => {
    const near = await opened(new Link(), `${far.url}/bo`);
    near.socket.send('one');
    near.socket.send(Buffer.from('<two>').subarray(1, 4));
    near.socket.send(new TextEncoder().encode('three').buffer);
    await far.seen.has('bo says three');
    expect(far.seen.entries).toEqual(['bo opens', 'bo says one', 'bo says two', 'bo says three']);
    for (const data of ['one', Buffer.from([1, 2]), 'three']) far.of('bo').send(data);
    await near.seen.has('got three');
    expect(near.seen.entries).toEqual(['open', 'got one', 'got bytes 1 2', 'got three']);
  });
  it('fails a dial that is refused, with an error first', async () => {
    const nobody = await farEnd();
    await nobody.close();
    const near = dial(new Link(), nobody.url);
    await near.seen.has('close 1006');
    expect(near.seen.entries).toEqual(['error', 'close 1006']);
  });
  it('tells of a far end that dies as Chromium does: with a close, and without an error', async () => {
    const near = await opened(new Link(), `${far.url}/bo`);
    far.of('bo').terminate();
    await near.seen.has('close 1006');
    expect(near.seen.entries).toEqual(['open', 'close 1006']);
  });
});

describe('a delay', () => {
  it('holds a message back, each way', async () => {
    const { clock, near } = await slowLink(50);
    near.socket.send('up');
    far.of('bo').send('down');
    await clock.asked.until((waits) => waits.length === 2);
    expect(clock.asked.entries).toEqual([50, 50]);
    clock.advance(49);
    await somethingElseHappens();
    expect(far.seen.entries).not.toContain('bo says up');
    expect(near.seen.entries).not.toContain('got down');
    clock.advance(1);
    await Promise.all([far.seen.has('bo says up'), near.seen.has('got down')]);
  });
  it('lets a connection open after a round trip', async () => {
    const clock = new ManualClock();
    const link = new Link(clock);
    link.setDelay(50);
    const near = dial(link, `${far.url}/bo`);
    await clock.asked.until((waits) => waits.length === 1);
    clock.advance(99);
    expect(near.seen.entries).toEqual([]);
    clock.advance(1);
    expect(near.seen.entries).toEqual(['open']);
  });
  it('that becomes shorter lets nothing overtake', async () => {
    const { clock, link, near } = await slowLink(50);
    near.socket.send('slow');
    link.setDelay(0);
    near.socket.send('quick');
    clock.advance(50);
    await far.seen.has('bo says quick');
    expect(far.seen.entries.filter((entry) => entry.startsWith('bo says'))).toEqual(['bo says slow', 'bo says quick']);
  });
  it('holds the end back behind the data', async () => {
    const { clock, link, near } = await slowLink(50);
    far.of('bo').send('last words');
    await clock.asked.until((waits) => waits.length === 1);
    link.setDelay(0);
    far.of('bo').close(1000);
    await far.seen.has('bo closes');
    expect(near.seen.entries).toEqual(['open']);
    clock.advance(50);
    await near.seen.has('close 1000');
    expect(near.seen.entries).toEqual(['open', 'got last words', 'close 1000']);
  });
});

describe('a black hole', () => {
  it('stops both ways and tells nobody, and once it is mended everything arrives, in order', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.hole();
    for (const word of ['one', 'two']) {
      near.socket.send(word);
      far.of('bo').send(word);
    }
    await somethingElseHappens();
    expect(near.seen.entries).toEqual(['open']);
    expect(far.seen.entries).not.toContain('bo says one');
    link.plug();
    near.socket.send('three');
    far.of('bo').send('three');
    await Promise.all([far.seen.has('bo says three'), near.seen.has('got three')]);
    expect(far.seen.entries.filter((entry) => entry.startsWith('bo'))).toEqual(['bo opens', 'bo says one', 'bo says two', 'bo says three']);
    expect(near.seen.entries).toEqual(['open', 'got one', 'got two', 'got three']);
  });
  it('lets a dial hang, which connects if the hole is mended in time', async () => {
    const link = new Link();
    link.hole();
    const near = dial(link, `${far.url}/bo`);
    await somethingElseHappens();
    expect([near.seen.entries, far.seen.entries.includes('bo opens')]).toEqual([[], false]);
    link.plug();
    await near.seen.has('open');
    near.socket.send('here I am');
    await far.seen.has('bo says here I am');
  });
  it('forgets a dial that was given up meanwhile', async () => {
    const link = new Link(new ManualClock());
    link.setDelay(50);
    link.hole();
    const near = dial(link, `${far.url}/bo`);
    near.socket.close();
    await near.seen.has('close 1005');
    link.plug();
    await somethingElseHappens();
    expect(near.seen.entries).toEqual(['close 1005']);
    expect(far.seen.entries).not.toContain('bo opens');
  });
  it('holds back a goodbye, which leaves behind the data once the hole is mended', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.hole();
    near.socket.send('last words');
    near.socket.close();
    await near.seen.has('close 1005');
    await somethingElseHappens();
    expect(far.seen.entries.filter((entry) => entry.startsWith('bo'))).toEqual(['bo opens']);
    link.plug();
    await far.seen.has('bo closes');
    expect(far.seen.entries.slice(-2)).toEqual(['bo says last words', 'bo closes']);
  });
  it('holds back the end of a far side that gave up first', async () => {
    const link = new Link();
    const near = await opened(link, `${far.url}/bo`);
    link.hole();
    far.of('bo').close();
    await far.seen.has('bo closes');
    await somethingElseHappens();
    expect(near.seen.entries).toEqual(['open']);
    link.plug();
    await near.seen.has('close 1005');
  });
});
