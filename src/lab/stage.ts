/** Drives a lab from a script, as a learner would. Waits for facts that the lab's logs show, never for time alone. */
import { assemble } from '#trace/assemble.ts';
import { type ClientPane, type Panes, panesAt } from '#trace/panes.ts';
import type { Message, Trace } from '#trace/trace.ts';
import type { Lab } from './lab.ts';
import type { PersonId } from './people.ts';
import type { Stage } from './scenario.ts';

/** Longest wait for any fact: a ping timeout with slow motion fits twice. Milliseconds. */
const PATIENCE_MS = 20_000;
const BREATH_MS = 350;

type Seen = { readonly trace: Trace; readonly panes: Panes };

const look = (lab: Lab): Seen => {
  const logs = lab.logs();
  return { trace: assemble(logs), panes: panesAt(logs, Number.POSITIVE_INFINITY) };
};

/** Resolves once `fact` holds; rejects, naming what it waited for, if the lab ends or it takes too long. */
function until(lab: Lab, what: string, fact: (seen: Seen) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const check = () => {
      if (lab.ended()) finish(() => reject(new Error(`the lab ended before ${what}`)));
      else if (fact(look(lab))) finish(resolve);
    };
    const timer = setTimeout(() => finish(() => reject(new Error(`waited too long until ${what}`))), PATIENCE_MS);
    const stop = lab.onChange(check);
    check();
  });
}

const paneOf = ({ clients }: Panes, who: PersonId): ClientPane | undefined => clients.find(({ lane }) => lane === who);

/**
 * Whether a message has come to rest: its fate is final, or it has gone into a black hole or to a session that one side has
 * left, where only a timeout can end it. Heartbeats never rest for long.
 */
function isAtRest({ what, from, to, fate }: Message, panes: Panes): boolean {
  if (what === 'heartbeat' || fate.kind !== 'in-flight') return true;
  const client = panes.clients.find(({ lane }) => lane === from || lane === to);
  return client !== undefined && (client.link !== 'up' || client.state !== 'connected');
}

/**
 * The server's batch of records that shows an arrival also shows the packets that the handler made of it, so that nothing
 * is missing between the two.
 */
const isSettled = ({ trace, panes }: Seen): boolean => trace.events.every((event) => event.kind !== 'message' || isAtRest(event, panes));

/** A stage for one lab. */
export function createStage(lab: Lab): Stage {
  return {
    act: (actionId, input) => lab.act(actionId, input),
    serverAct: async (actId) => {
      const acted = () => lab.logs().server.filter(([kind]) => kind === 'acted').length;
      const before = acted();
      await lab.serverAct(actId);
      await until(lab, `the server does ${actId}`, () => acted() > before);
    },
    lose: (who, way) => void lab.lose(who, way),
    bringBack: (who) => lab.bringBack(who),
    crash: async () => {
      await lab.crash();
      await until(lab, 'the server is down', ({ panes }) => !panes.server.running);
    },
    restart: async () => {
      await lab.restart();
      await until(lab, 'the server is up', ({ panes }) => panes.server.running);
    },
    settled: () => until(lab, 'everything has come to rest', isSettled),
    clientKnows: (who, state) =>
      until(lab, `${who} knows of being ${state}`, ({ panes }) => (paneOf(panes, who)?.state === 'connected') === (state === 'connected')),
    serverKnows: (who, state) =>
      until(
        lab,
        `the server knows that ${who} is ${state}`,
        ({ panes }) => panes.server.connected.includes(who) === (state === 'connected'),
      ),
    shown: (who, text) =>
      until(lab, `${who}'s page shows "${text}"`, ({ panes }) => paneOf(panes, who)?.shown.some((line) => line.includes(text)) ?? false),
    breathe: (ms = BREATH_MS) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
