import { describe, expect, it } from 'vitest';
import { LANES, Lab, type Loss } from './model/lab.fixture.ts';
import { type ClientPane, panesAt, type ServerPane } from './panes.ts';
import type { ClientRecord, Logs, ServerRecord } from './records.ts';

const HI = { event: 'chat', args: ['hi'] };

function paneOf(logs: Logs, lane = 'bo', t = Number.POSITIVE_INFINITY): ClientPane {
  const pane = panesAt(logs, t).clients.find((one) => one.lane === lane);
  if (!pane) throw new Error(`no pane for ${lane}`);
  return pane;
}
const serverPane = (logs: Logs, t = Number.POSITIVE_INFINITY): ServerPane => panesAt(logs, t).server;

/** What Bo alone wrote down, from the beginning of the run on. */
const logsOf = (bo: readonly ClientRecord[], server: readonly ServerRecord[] = []): Logs => ({
  lanes: LANES,
  since: 0,
  until: 100,
  clockOffsetMs: 0,
  server,
  clients: { bo },
});

describe('the pane of a client', () => {
  it('is idle before it has connected, and then connected, with its id and transport', () => {
    const lab = new Lab().connect('bo').wait(40);
    expect(paneOf(lab.logs())).toMatchObject({ state: 'idle', socketId: undefined, transport: 'websocket' });
    expect(paneOf(lab.wait(500).logs())).toMatchObject({ state: 'connected', socketId: 'socket1', recovered: false, why: undefined });
  });

  it('says why it is gone, and when it will try again', () => {
    const lab = Lab.begun().wait(100).lose('bo', 'cut').wait(100);
    expect(paneOf(lab.logs())).toMatchObject({
      state: 'reconnecting',
      why: 'transport close',
      retry: { attempt: 1, at: 1_100 },
      link: 'cut',
      socketId: undefined,
      transport: undefined,
    });
    lab.note('bo', ['act', lab.now, 'plug']);
    expect(paneOf(lab.comeBack('bo').wait(500).logs())).toMatchObject({ state: 'connected', retry: undefined, why: undefined, link: 'up' });
  });

  it.each<[Loss, Partial<ClientPane>]>([
    ['disconnect', { state: 'disconnected', why: 'io client disconnect', retry: undefined }],
    ['throw-out', { state: 'disconnected', why: 'io server disconnect', retry: undefined }],
    ['change-network', { state: 'reconnecting', why: 'transport close', link: 'up' }],
    ['black-hole', { state: 'connected', why: undefined, link: 'black-hole' }],
  ])('after %s says what its own program believes', (way, pane) => {
    expect(paneOf(Lab.begun().lose('bo', way).wait(500).logs())).toMatchObject(pane);
  });

  it('says that it is recovered', () => {
    const lab = Lab.begun({ recovery: true })
      .broadcast({ event: 'hello', args: [] })
      .wait(100)
      .lose('bo', 'cut')
      .wait(100)
      .comeBack('bo')
      .wait(500);
    expect(paneOf(lab.logs())).toMatchObject({ state: 'connected', recovered: true, socketId: 'socket2' });
  });

  it('lists what was said, got and shown since the run began, in short', () => {
    const lab = Lab.begun()
      .emit('bo', HI)
      .broadcast({ event: 'tick', args: [1] })
      .wait(100)
      .begin();
    lab
      .emit('bo', HI)
      .emit('bo', { event: 'tick', args: [] })
      .broadcast({ event: 'tick', args: [2] })
      .broadcast(HI)
      .wait(100)
      .show('bo', 'hi!');
    expect(paneOf(lab.logs())).toMatchObject({ said: ['hi', 'tick'], got: ['tick 2', 'hi'], shown: ['hi!'] });
  });

  it('lists neither what was dropped, nor heartbeats, acknowledgements and attachments', () => {
    const lab = Lab.begun().emit('bo', HI, { ackId: 0 }).jam('bo', true).emit('bo', HI, { isVolatile: true }).jam('bo', false).ping();
    lab.broadcast({ ...HI, args: ['a file'], bytes: [[1], [2]] }).wait(500);
    expect(paneOf(lab.logs())).toMatchObject({ said: ['hi'], got: ['a file'] });
  });

  it('is that of its moment', () => {
    const lab = Lab.begun().wait(100).lose('bo', 'cut').wait(400).comeBack('bo').wait(500);
    const states = [-1, 99, 100, 499, 580].map((t) => paneOf(lab.logs(), 'bo', t).state);
    expect(states).toEqual(['connected', 'connected', 'reconnecting', 'reconnecting', 'connected']);
  });
});

describe('the buffer in a pane', () => {
  it('holds what waits, until there is a connection', () => {
    const lab = Lab.begun().lose('bo', 'cut').emit('bo', HI).emit('bo', { event: 'tick', args: [] }).wait(100);
    expect(paneOf(lab.logs()).buffer).toEqual(['chat "hi"', 'tick']);
    expect(paneOf(lab.comeBack('bo').wait(500).logs()).buffer).toEqual([]);
  });

  it('does not hold what gave up waiting', () => {
    const lab = Lab.begun().lose('bo', 'cut').emit('bo', HI).emit('bo', { event: 'tick', args: [] }).expire('bo');
    expect(paneOf(lab.logs()).buffer).toEqual(['tick']);
  });

  it('still holds what waits for another namespace', () => {
    const logs = logsOf([
      ['emitted', 1, 1, 'buffered', '/', '["chat","hi"]'],
      ['emitted', 2, 2, 'buffered', '/admin', '["kick","cy"]'],
      ['connected', 3, 'x', 'b', '/', false],
    ]);
    expect(paneOf(logs).buffer).toEqual(['kick "cy"']);
    expect(paneOf(logs, 'bo', 2).buffer).toEqual(['chat "hi"', 'kick "cy"']);
  });
});

describe('the pane of the server', () => {
  it('says who is connected, and who was in a room and has gone', () => {
    const lab = Lab.begun();
    expect(serverPane(lab.logs())).toMatchObject({
      running: true,
      connected: ['ada', 'bo', 'cy'],
      rooms: [{ name: 'lobby', members: ['ada', 'bo', 'cy'], gone: [] }],
    });
    expect(serverPane(lab.lose('bo', 'cut').wait(100).logs())).toMatchObject({
      connected: ['ada', 'cy'],
      rooms: [{ name: 'lobby', members: ['ada', 'cy'], gone: ['bo'] }],
    });
  });

  it('does not call one gone from a room that he left', () => {
    const lab = Lab.begun().leave('bo', 'lobby').wait(10).lose('bo', 'cut').wait(100);
    expect(serverPane(lab.logs()).rooms).toEqual([{ name: 'lobby', members: ['ada', 'cy'], gone: [] }]);
  });

  it('believes in a black-holed client until it notices', () => {
    const lab = Lab.begun().lose('bo', 'black-hole').wait(1_000);
    expect(serverPane(lab.logs()).connected).toContain('bo');
    expect(serverPane(lab.serverNotices('bo').wait(1).logs()).connected).not.toContain('bo');
  });

  it.each<[string, (lab: Lab) => unknown]>([
    ['crashed', (lab) => lab.crash()],
    ['ended', (lab) => lab.noteAtServer(['ended', lab.serverNow, 'closed'])],
  ])('that has %s does not run, and has nobody', (_how, end) => {
    const lab = Lab.begun();
    end(lab);
    expect(serverPane(lab.wait(10).logs())).toMatchObject({ running: false, connected: [] });
  });

  it('runs again after a start', () => {
    expect(serverPane(Lab.begun().crash().wait(10).restart().logs())).toMatchObject({ running: true, connected: [] });
  });

  it('names the handler that ran last in this run, and how often it has', () => {
    const lab = Lab.begun();
    expect(serverPane(lab.logs()).ran).toBeUndefined();
    for (const handler of ['chat', 'join', 'chat']) lab.wait(10).noteAtServer(['ran', lab.serverNow, 'sid0', handler]);
    expect(serverPane(lab.logs()).ran).toEqual({ handler: 'chat', times: 2, at: 30 });
    expect(serverPane(lab.logs(), 20).ran).toEqual({ handler: 'join', times: 1, at: 20 });
  });

  it('stands on the axis of the page, whatever its own clock says', () => {
    const lab = Lab.begun({ skewMs: 5_000, estimateErrorMs: -4_000 }).wait(1_000).lose('bo', 'cut').wait(500);
    expect(serverPane(lab.logs(), 900).connected).toContain('bo');
    expect(serverPane(lab.logs(), 1_100).connected).not.toContain('bo');
  });
});
