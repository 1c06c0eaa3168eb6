import { readFileSync } from 'node:fs';
import { SECRET_FILES } from './settings.js';

/**
 * Returns the values of the settings that are read from files: `ADMIN_KEY` from the file that `ADMIN_KEY_FILE` names, as
 * Docker, Kubernetes and `LoadCredential` of systemd provide secrets. The newline at the end of a file is no part of the
 * value. Adds a sentence to `problems` for each file that cannot be used.
 */
export function readSecretFiles(environment: NodeJS.ProcessEnv, problems: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [fileSetting, setting] of SECRET_FILES) {
    const file = environment[fileSetting];
    if (!file) continue;
    if (environment[setting]) {
      problems.push(`${setting} and ${fileSetting} are two sources of one value; got both, set one of them`);
      continue;
    }
    try {
      const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      if (value) values[setting] = value;
      else problems.push(`${fileSetting} is a file with the value of ${setting}; ${file} is empty`);
    } catch (error) {
      problems.push(`${fileSetting} is a file with the value of ${setting}; got ${(error as Error).message}`);
    }
  }
  return values;
}
