// Every test of the project, one after another, and one closing line: `N passed, N failed`.
// A step that fails does not stop the others, so that one run shows everything that is wrong.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallBrowser } from './browser.mjs';
import { findOrInstallTshark } from './tshark.mjs';

const reports = mkdtempSync(join(tmpdir(), 'on-the-wire-tests-'));
const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
const total = { passed: 0, failed: 0 };

function run(title, command, args, extra = {}) {
  console.log(`\n── ${title}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...extra } }).status === 0;
}

/** Counts a step that is one yes or no. */
function step(title, command, args) {
  const passed = run(title, command, args);
  total[passed ? 'passed' : 'failed'] += 1;
  if (!passed) console.error(`FAILED: ${title}`);
}

/** Counts the tests of a runner from its JSON report. A runner that fails without a failed test counts as one failure. */
function suite(title, command, args, { count, env: extra }) {
  const succeeded = run(title, command, args, extra);
  let counted = { passed: 0, failed: 0 };
  try {
    counted = count();
  } catch (error) {
    console.error(`${title}: no report (${error.message})`);
  }
  const nothingRan = counted.passed + counted.failed === 0;
  total.passed += counted.passed;
  total.failed += counted.failed || (!succeeded || nothingRan ? 1 : 0);
}

const report = (name) => JSON.parse(readFileSync(join(reports, name), 'utf8'));
const vitestCount = () => {
  const { numPassedTests, numFailedTests } = report('vitest.json');
  return { passed: numPassedTests, failed: numFailedTests };
};
const playwrightCount = () => {
  const { expected, unexpected, flaky } = report('playwright.json').stats;
  return { passed: expected, failed: unexpected + flaky };
};

try {
  env.CHROMIUM_PATH = findOrInstallBrowser();
  env.TSHARK_PATH = findOrInstallTshark();
} catch (error) {
  console.error(error.message);
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}

step('types', 'astro', ['check']);
step('lint and format', 'biome', ['check', '--error-on-warnings']);
step('format of lessons', 'prettier', ['--check', 'content/**/*.mdx']);
suite(
  'unit and integration',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`],
  {
    count: vitestCount,
  },
);
step('build', 'astro', ['build']);
suite('end to end', 'playwright', ['test', '--reporter=list,json'], {
  count: playwrightCount,
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
});

rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
