// Programs that the tests need and npm does not bring: found on the machine, or installed from Debian's packages where that needs no question.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function install(name) {
  console.log(`No ${name} found: installing the Debian package…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { stdio: 'inherit', env });
}

/** The first of these paths that exists; empty if none does. */
export const firstThatExists = (paths) => paths.find((path) => path !== '' && existsSync(path)) ?? '';

/** What `find` finds, after installing the Debian package if it finds nothing and that is possible; else an error with `help`, which says what to do. */
export function findOrInstall({ find, package: name, help }) {
  if (!find() && isDebianRoot()) install(name);
  const found = find();
  if (!found) throw new Error(help);
  return found;
}
