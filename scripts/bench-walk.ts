/** Goes through the path of a bench, and writes a line before each step: what strace shows between two lines is one step's. */
import { writeSync } from 'node:fs';
import { benchOf } from '#content/benches/index.ts';
import { Bench } from '../server/sockets/bench.ts';
import { MARK } from './strace.ts';

const PAUSE_MS = 100;
const script = benchOf(process.argv[2] ?? '');
if (!script) throw new Error(`There is no bench ${process.argv[2]}`);
const bench = new Bench({ now: () => 0, record: () => undefined });

for (const id of script.path) {
  const act = script.acts.find((one) => one.id === id);
  writeSync(1, `${MARK}${id}\n`);
  const done = act && (await bench.step(act.step));
  if (!done?.ok) throw new Error(id);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
writeSync(1, `${MARK}\n`);
bench.close();
