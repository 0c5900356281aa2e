/** Compares what is read here with what tshark reads, for any capture: `npm run oracle -- FILE…`. Ends with 1 if they differ. */
import { readFileSync } from 'node:fs';
import { findOrInstallTshark } from '../../scripts/tshark.mjs';
import { compare } from './compare.ts';
import { readOurs } from './ours.ts';
import { reportOf } from './report.ts';
import { readWithTshark } from './tshark.ts';

/** Whether the two agree. */
function compareFile(file: string): boolean {
  const comparison = compare(readOurs(readFileSync(file)), readWithTshark(file));
  console.log(reportOf(file, comparison));
  return comparison.differences.length === 0;
}

const files = process.argv.slice(2);
if (files.length === 0) console.log('Which captures? npm run oracle -- FILE…');
try {
  findOrInstallTshark();
  const agreed = files.map(compareFile);
  if (agreed.length === 0 || agreed.includes(false)) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
