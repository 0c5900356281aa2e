/** Two who talk all the time, with recovery on, and each way for Bo to lose his connection and to come back. */
import type { Lab } from '#lab/lab.ts';
import type { Action, Scenario } from '#lab/scenario.ts';
import type { Logs } from '#trace/records.ts';
import { hasRetried, reasonsOf, shownBy } from './conversation.fixture.ts';

const TALKERS = ['ada', 'bo'] as const;

/** An event is called like who says it: a Bo who has left a ghost behind would else seem to be told his own words. */
const says = (by: (typeof TALKERS)[number]): Action => ({
  id: `${by}-says`,
  by,
  label: 'Say a number',
  input: { initial: '0', maxLength: 10 },
  run: (socket, _page, number) => socket.emit(by, number),
});

export const twoTalkers: Scenario = {
  id: 'two-talkers',
  title: 'Two talkers',
  task: '',
  clients: ['ada', 'bo'],
  options: { recovery: true, pingIntervalMs: 700, pingTimeoutMs: 1_500, reconnectionDelayMs: 400, reconnectionDelayMaxMs: 600 },
  server(io) {
    io.on('connection', (socket) => {
      for (const who of TALKERS) socket.on(who, (number) => socket.broadcast.emit(who, number));
    });
  },
  client(socket, page) {
    for (const who of TALKERS) socket.on(who, (number) => page.show(number));
  },
  actions: [...TALKERS.map(says), { id: 'hang-up', by: 'bo', label: 'Close the engine', run: (socket) => void socket.io.engine.close() }],
  runs: [],
  code: [],
};

/** How often each of the two says a number, milliseconds: less than half of what a connection may send. */
const TALK_MS = 100;

/** Lets both say 1, 2, 3, … until the returned function is called. */
function talk(lab: Lab): () => void {
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    for (const who of TALKERS) lab.act(`${who}-says`, `${number}`);
  }, TALK_MS);
  return () => clearInterval(timer);
}

/** Longest wait for any fact, milliseconds: the longest way takes half of it. */
const PATIENCE_MS = 20_000;

/** Resolves once `fact` holds of the logs; rejects, naming what it waited for, if it takes too long. */
function until(lab: Lab, what: string, fact: (logs: Logs) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const check = () => {
      if (fact(lab.logs())) finish(resolve);
    };
    const timer = setTimeout(() => finish(() => reject(new Error(`waited too long until ${what}`))), PATIENCE_MS);
    const stop = lab.onChange(check);
    check();
  });
}

const emitsOf = (logs: Logs): number => (logs.clients['ada'] ?? []).filter(([kind]) => kind === 'emitted').length;

/** Resolves when each of the two has said `count` numbers more. */
function numbersAreSaid(lab: Lab, count: number): Promise<void> {
  const goal = emitsOf(lab.logs()) + count;
  return until(lab, `${count} numbers more are said`, (logs) => emitsOf(logs) >= goal);
}

/** How the page of `who` has failed to come back, attempt by attempt. */
export const failuresOf = (logs: Logs, who: string): readonly string[] =>
  (logs.clients[who] ?? []).flatMap((record) => (record[0] === 'failed' ? [record[2]] : []));

const bosAttemptsFail = (lab: Lab, count: number): Promise<void> =>
  until(lab, `${count} attempts of Bo have failed`, (logs) => failuresOf(logs, 'bo').length >= count);

/** Resolves when Bo's page, or the server, has been told why he is gone. */
const isNoticed = (lab: Lab, by: 'client' | 'server'): Promise<void> =>
  until(lab, `the ${by} notices that Bo is gone`, (logs) => reasonsOf(logs, 'bo')[by].length > 0);
const bothNotice = (lab: Lab): Promise<unknown> => Promise.all([isNoticed(lab, 'client'), isNoticed(lab, 'server')]);

/** Numbers that are said while Bo is away: five take longer than his first attempt to come back. */
const MEANWHILE = 5;

/** Ways to lose Bo, from when all is well until there is nothing that keeps him away. */
export const WAYS = {
  async polite(lab) {
    await lab.lose('bo', 'polite');
    await bothNotice(lab);
    await numbersAreSaid(lab, MEANWHILE);
    lab.bringBack('bo');
  },
  async 'engine.close()'(lab) {
    lab.act('hang-up');
    await bothNotice(lab);
  },
  async 'cut, and plugged in at once'(lab) {
    await lab.lose('bo', 'cut');
    lab.bringBack('bo');
    await bothNotice(lab);
  },
  async 'cut for a while'(lab) {
    await lab.lose('bo', 'cut');
    await bothNotice(lab);
    await bosAttemptsFail(lab, 2);
    lab.bringBack('bo');
  },
  async 'short black hole'(lab) {
    await lab.lose('bo', 'black-hole');
    await numbersAreSaid(lab, MEANWHILE);
    lab.bringBack('bo');
  },
  async 'long black hole'(lab) {
    await lab.lose('bo', 'black-hole');
    await bothNotice(lab);
    await bosAttemptsFail(lab, 1);
    lab.bringBack('bo');
  },
  async 'change of network'(lab) {
    await lab.lose('bo', 'change-network');
    await isNoticed(lab, 'client');
    await lab.stage().clientKnows('bo', 'connected');
    await isNoticed(lab, 'server');
  },
  async crash(lab) {
    await lab.crash();
    await isNoticed(lab, 'client');
    await bosAttemptsFail(lab, 1);
    await lab.restart();
    await lab.stage().clientKnows('ada', 'connected');
  },
  async 'thrown out'(lab) {
    await lab.lose('bo', 'throw-out');
    await bothNotice(lab);
    await numbersAreSaid(lab, MEANWHILE);
    lab.bringBack('bo');
  },
} as const satisfies Record<string, (lab: Lab) => Promise<void>>;

export type WayName = keyof typeof WAYS;

export type Played = {
  readonly logs: Logs;
  /** How many numbers each of the two has said. */
  readonly said: number;
};

/** Plays one way in a lab of two talkers, until Bo is back and all that was said has come to rest. */
export async function playWay(lab: Lab, way: WayName): Promise<Played> {
  // What is under way when a link breaks is lost with it: here the losses of each way itself are counted.
  lab.setDelay(0);
  const beQuiet = talk(lab);
  try {
    await until(lab, 'Bo has got some numbers', (logs) => shownBy(logs, 'bo').length >= MEANWHILE);
    await WAYS[way](lab);
    await lab.stage().clientKnows('bo', 'connected');
    await lab.stage().serverKnows('bo', 'connected');
    await numbersAreSaid(lab, MEANWHILE);
  } finally {
    beQuiet();
  }
  await lab.stage().settled();
  return { logs: structuredClone(lab.logs()), said: emitsOf(lab.logs()) };
}

/** What happened to Bo's connection, in the words of the table. */
export function connectionOf(logs: Logs): { readonly attempts: string; readonly back: string } {
  const connections = (logs.clients['bo'] ?? []).flatMap((record) =>
    record[0] === 'connected' ? [{ id: record[3], recovered: record[5] }] : [],
  );
  const [first, last] = [connections[0], connections.at(-1)];
  const back = `${last?.recovered ? 'recovered' : 'not recovered'}, ${last?.id === first?.id ? 'same' : 'new'} id`;
  const failures = [...new Set(failuresOf(logs, 'bo'))].join(', ');
  return {
    attempts: hasRetried(logs, 'bo') ? failures || 'the first one succeeds' : 'none',
    back: connections.length > 1 ? back : 'never left',
  };
}
