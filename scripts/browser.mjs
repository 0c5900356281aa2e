// Finds the Chromium that the end-to-end tests drive.
import { createRequire } from 'node:module';
import { findOrInstall, firstThatExists } from './debian.mjs';

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

/** Path of a Chromium that exists: CHROMIUM_PATH, the system's, or Playwright's own. Empty when there is none. */
export const findBrowser = () => firstThatExists([process.env.CHROMIUM_PATH ?? '', ...SYSTEM, playwrightsOwn()]);

/** As `findBrowser`, but installs Debian's package if that is possible, and throws an error that says what to do if it is not. */
export const findOrInstallBrowser = () => findOrInstall({ find: findBrowser, package: 'chromium', help: HELP });
