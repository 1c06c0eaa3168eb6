import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isAlive, ownHolder } from '../../src/database/lock-holder.js';
import { until } from '../support/feed.js';

/** Returns the fields of a process from its state on. */
const fieldsOf = async (pid: number): Promise<string[]> =>
  (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];

test.skipIf(!existsSync('/proc/self/stat'))('a killed process that nobody waited for holds no lock', async () => {
  // The second program takes the place of the shell, and does not know of its child.
  const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600']);
  try {
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    const holder = { ...(await ownHolder()), pid, startTime: (await fieldsOf(pid))[19] };
    expect(await isAlive(holder, '')).toBe(true);
    process.kill(pid, 'SIGKILL');
    await until('the process is a zombie', async () => (await fieldsOf(pid))[0] === 'Z');
    expect(await isAlive(holder, '')).toBe(false);
  } finally {
    parent.kill('SIGKILL');
  }
});
