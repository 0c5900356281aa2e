// Finds the Chromium that the end-to-end tests drive, or installs Debian's where that needs no question.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const HELP = `The end-to-end tests need Chromium, and none was found. Do one of these:
  apt-get install chromium                 (Debian, Ubuntu; as root)
  npx playwright install chromium          (Playwright's own build)
  CHROMIUM_PATH=/path/to/chrome npm test   (one that you have)`;

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
  } catch {
    return '';
  }
}

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function installDebians() {
  console.log('No Chromium found: installing the Debian package…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env });
}

/** Path of a Chromium that exists: CHROMIUM_PATH, the system's, or Playwright's own. Empty when there is none. */
export function findBrowser() {
  return [process.env.CHROMIUM_PATH ?? '', ...SYSTEM, playwrightsOwn()].find((path) => path !== '' && existsSync(path)) ?? '';
}

/** As `findBrowser`, but installs Debian's package if that is possible, and throws an error that says what to do if it is not. */
export function findOrInstallBrowser() {
  if (!findBrowser() && isDebianRoot()) installDebians();
  const found = findBrowser();
  if (!found) throw new Error(HELP);
  return found;
}
