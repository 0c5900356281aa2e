import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import type { Action, Scenario } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import { contradictionsIn, fatesOf, shownBy } from './conversation.fixture.ts';
import { goLive, type Live, traceOf } from './live.fixture.ts';
import { connectionOf } from './ways-to-lose.fixture.ts';

/** How the server hands on a word of Ada's. */
type How = 'plain' | 'volatile' | 'with-ack' | 'to-lobby';
const HOW: readonly How[] = ['plain', 'volatile', 'with-ack', 'to-lobby'];

const emits = (id: string, by: 'ada' | 'bo'): Action => ({
  id,
  by,
  label: id,
  input: { initial: '', maxLength: 20 },
  run: (socket, _page, word) => socket.emit(id, word),
});

const announcer: Scenario = {
  id: 'announcer',
  title: 'Announcer',
  task: '',
  clients: ['ada', 'bo'],
  options: { recovery: true, reconnectionDelayMs: 100, reconnectionDelayMaxMs: 100 },
  server(io) {
    io.on('connection', (socket) => {
      socket.on('plain', (word) => socket.broadcast.emit('word', word));
      socket.on('volatile', (word) => socket.broadcast.volatile.emit('word', word));
      socket.on('with-ack', (word) => socket.broadcast.timeout(1_000).emit('word', word, () => undefined));
      socket.on('to-lobby', (word) => socket.to('lobby').emit('word', word));
      socket.on('join', () => socket.join('lobby'));
    });
  },
  client(socket, page) {
    socket.on('word', (word) => page.show(word));
  },
  actions: [...HOW.map((how) => emits(how, 'ada')), emits('join', 'bo')],
  runs: [],
  code: [],
};

type Said = readonly [how: How, word: string];
type Case = { readonly before: readonly Said[]; readonly meanwhile: readonly Said[]; readonly after?: readonly Said[] };

const CASES = {
  'one event before': {
    before: [['plain', 'one']],
    meanwhile: [
      ['plain', 'two'],
      ['volatile', 'three'],
      ['with-ack', 'four'],
      ['plain', 'five'],
    ],
  },
  'no event before': { before: [], meanwhile: [['plain', 'two']] },
  'a volatile event before': { before: [['volatile', 'one']], meanwhile: [['plain', 'two']] },
  'an event with an ack before': { before: [['with-ack', 'one']], meanwhile: [['plain', 'two']] },
  'a room': { before: [['to-lobby', 'one']], meanwhile: [['to-lobby', 'two']], after: [['to-lobby', 'three']] },
} as const satisfies Record<string, Case>;
type CaseName = keyof typeof CASES;

/** Bo joins the lobby. Then his cable is cut, until the server has noticed and some words were said, and he comes back. */
async function play(lab: Lab, { before, meanwhile, after = [] }: Case): Promise<Lab> {
  const stage = lab.stage();
  const say = async (words: readonly Said[]) => {
    for (const [how, word] of words) {
      stage.act(how, word);
      await stage.settled();
    }
  };
  stage.act('join');
  await stage.settled();
  await say(before);
  stage.lose('bo', 'cut');
  await stage.serverKnows('bo', 'disconnected');
  await say(meanwhile);
  stage.bringBack('bo');
  await stage.clientKnows('bo', 'connected');
  await stage.serverKnows('bo', 'connected');
  await say(after);
  await stage.settled();
  return lab;
}

let live: Live;
const labs = new Map<string, Lab>();
const logsOf = (name: CaseName): Logs => labOf(name).logs();
function labOf(name: CaseName): Lab {
  const lab = labs.get(name);
  if (!lab) throw new Error(`${name} was not played`);
  return lab;
}

beforeAll(async () => {
  live = await goLive([announcer]);
  const all = Object.entries<Case>(CASES);
  await Promise.all(all.map(async ([name, one]) => labs.set(name, await play(await live.open(announcer), one))));
}, 20_000);
afterAll(() => live.close());

describe('connection state recovery', () => {
  it('brings back the id and what was missed, in order', () => {
    expect(connectionOf(logsOf('one event before')).back).toBe('recovered, same id');
    expect(shownBy(logsOf('one event before'), 'bo')).toEqual(['one', 'two', 'five']);
  });

  it('does not keep volatile events, nor those that ask for an acknowledgement', () => {
    expect(fatesOf(traceOf(labOf('one event before')), 'word', 'bo')).toEqual([
      'one: delivered',
      'two: delivered, replayed',
      'three: never sent, away',
      'four: never sent, away',
      'five: delivered, replayed',
    ]);
  });

  it('brings back the rooms', () => {
    expect(connectionOf(logsOf('a room')).back).toBe('recovered, same id');
    expect(fatesOf(traceOf(labOf('a room')), 'word', 'bo')).toEqual(['one: delivered', 'two: delivered, replayed', 'three: delivered']);
  });

  it.each(['no event before', 'a volatile event before', 'an event with an ack before'] as const)(
    'knows of no place from which to go on, with %s: Bo is somebody new',
    (name) => {
      expect(connectionOf(logsOf(name)).back).toBe('not recovered, new id');
      expect(fatesOf(traceOf(labOf(name)), 'word', 'bo')).toContain('two: never sent, away');
      expect(shownBy(logsOf(name), 'bo')).not.toContain('two');
    },
  );

  it('leaves logs that agree with each other', () => {
    for (const lab of labs.values()) expect(contradictionsIn(lab.logs())).toEqual([]);
  });
});
