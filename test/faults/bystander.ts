/** Somebody in another lab, who goes on asking and being answered while the attack is under way. */
import type { Socket } from 'socket.io-client';
import { CONTROL_PATH, labPath } from '#lab/control-plane.ts';
import { connect, openLab } from '../../server/app.fixture.ts';
import type { Child } from './child.ts';

/** Between two questions, milliseconds: well within what one connection may send. */
const EVERY_MS = 25;

export type Bystander = {
  /** Resolves with what went wrong for the bystander (nothing, it is hoped), after one more question has been answered. */
  harm(): Promise<string[]>;
  leave(): void;
};

function askOn(client: Socket, faults: string[]): () => void {
  let asked = 0;
  const timer = setInterval(async () => {
    const question = ++asked;
    const answer = await client.timeout(3_000).emitWithAck('echo', question).catch(String);
    if (answer !== question) faults.push(`question ${question} was answered with ${answer}`);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

export async function bystander({ url }: Child): Promise<Bystander> {
  const page = await connect(url, CONTROL_PATH);
  const client = await connect(url, labPath(await openLab(page, 'attackable')));
  const faults: string[] = [];
  for (const socket of [page, client]) socket.on('disconnect', (reason) => faults.push(`disconnected: ${reason}`));
  const stopAsking = askOn(client, faults);
  return {
    async harm() {
      const answer = await client.timeout(3_000).emitWithAck('echo', 'after all').catch(String);
      // The first few say it all.
      return (answer === 'after all' ? faults : [...faults, `the last question was answered with ${answer}`]).slice(0, 3);
    },
    leave() {
      stopAsking();
      for (const socket of [page, client]) socket.off('disconnect').disconnect();
    },
  };
}
