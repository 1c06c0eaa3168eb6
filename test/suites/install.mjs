import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Installs the packages of the suites, unless those of the current lock file are installed. */
const folder = new URL('./', import.meta.url);
const installed = new URL('node_modules/.installed', folder);
const lock = createHash('sha256')
  .update(readFileSync(new URL('package-lock.json', folder)))
  .digest('hex');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  console.log('Installing the packages of test/suites.');
  execSync('npm ci --no-progress', { cwd: folder, stdio: 'inherit' });
  writeFileSync(installed, lock);
}
