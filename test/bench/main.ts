/**
 * `npm run bench`: the budgets as one table. It judges nothing but itself: a missed goal is told and is no failure; a
 * measurement that could not be made is one. Progress goes to stderr, so that the table can be kept in a file.
 */
import { availableParallelism } from 'node:os';
import { measureColdStart } from './cold-start.ts';
import { measureDelivery } from './delivery.ts';
import { measureHeap } from './heap.ts';
import { measureManyLabs } from './many-labs.ts';
import { progress, type Row } from './measure.ts';
import { measurePageWeight } from './page-weight.ts';
import { measureSimulator } from './simulator.ts';
import { tableOf } from './table.ts';

const MEASUREMENTS = {
  delivery: measureDelivery,
  heap: measureHeap,
  'many-labs': measureManyLabs,
  'cold-start': measureColdStart,
  'page-weight': measurePageWeight,
  simulator: measureSimulator,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(MEASUREMENTS, name));
if (unknown) {
  console.error(`There is no measurement ${unknown}. There are: ${Object.keys(MEASUREMENTS).join(', ')}`);
  process.exit(1);
}

const rows: Row[] = [];
let failed = false;
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    rows.push(...(await measure()));
  } catch (error) {
    failed = true;
    progress(`${name} could not be measured: ${error instanceof Error ? error.message : error}`);
  }
}

console.log(
  `\nNode ${process.version}, ${availableParallelism()} processors, ${Math.round(process.uptime())} s. Medians of interleaved rounds.\n`,
);
console.log(tableOf(rows));
process.exit(failed ? 1 : 0);
