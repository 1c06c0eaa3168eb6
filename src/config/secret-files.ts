import { readFileSync } from 'node:fs';
import { SECRET_FILES } from './settings.js';

/** Throws for a file in another encoding: a secret with replacement characters would match nothing. Leaves a byte order mark out. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the values of the settings that are read from files: `ADMIN_KEY` from the file that `ADMIN_KEY_FILE` names, as
 * Docker, Kubernetes and `LoadCredential` of systemd provide secrets. Newlines at the end of a file are no part of the
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
      const value = withoutLastNewlines(utf8.decode(readFileSync(file)));
      if (value) values[setting] = value;
      else problems.push(`${fileSetting} is a file with the value of ${setting}; ${file} is empty`);
    } catch (error) {
      problems.push(`${fileSetting} is a file with the value of ${setting}; ${whyUnreadable(file, error)}`);
    }
  }
  return values;
}

/** Removes the newlines at the end, which editors add. */
function withoutLastNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

function whyUnreadable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EISDIR') return `${file} is a folder`;
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? `${file} is not UTF-8` : `got ${message}`;
}
