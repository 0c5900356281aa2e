/** Recorded runs, for what is drawn at build time. A page loads others when it needs them. */
import type { Logs } from '#trace/records.ts';

const FILES = import.meta.glob<Logs>('/content/recordings/*.json', { import: 'default', eager: true });

/** The recording of one run. Throws if there is none: `npm run record` makes it. */
export function readRecording(scenario: string, run: string): Logs {
  const recording = FILES[`/content/recordings/${scenario}.${run}.json`];
  if (!recording) throw new Error(`There is no recording of ${scenario}.${run}: run \`npm run record ${scenario}\`.`);
  return recording;
}
