// Installs what package-lock.json names, unless it is installed already. It compares contents, not
// times, so it survives `git pull` and an interrupted install.
// Runs on the machine's own Node, before node_modules (and the Node 24 in it) exists.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});
const wanted = packagesIn('package-lock.json');
const installed = packagesIn('node_modules/.package-lock.json');
const missing = Object.entries(wanted).filter(
  ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
);

if (missing.length > 0) {
  console.log(`Installing ${missing.length} packages…`);
  execSync('npm ci --loglevel=error', { stdio: 'inherit' });
}
