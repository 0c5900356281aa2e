/** Recorded runs, for what is drawn at build time. A page loads others when it needs them. */
import type { BenchRecording } from '#lab/sockets/script.ts';
import type { Logs } from '#trace/records.ts';

const FILES = import.meta.glob<Logs>('/content/recordings/*.json', { import: 'default', eager: true });

/** The recording of one run. Throws if there is none: `npm run record` makes it. */
export function readRecording(scenario: string, run: string): Logs {
  const recording = FILES[`/content/recordings/${scenario}.${run}.json`];
  if (!recording) throw new Error(`There is no recording of ${scenario}.${run}: run \`npm run record ${scenario}\`.`);
  return recording;
}

const BENCHES = import.meta.glob<BenchRecording>('/content/recordings/benches/*.json', { import: 'default', eager: true });

/** The recorded walk through a bench of sockets. Throws if there is none. */
export function readBenchRecording(bench: string): BenchRecording {
  const recording = BENCHES[`/content/recordings/benches/${bench}.json`];
  if (!recording) throw new Error(`There is no recording of ${bench}: run \`npm run record ${bench}\`.`);
  return recording;
}
