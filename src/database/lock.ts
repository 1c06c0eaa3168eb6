import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { StartError } from '../config.js';

interface Holder {
  pid: number;
  since: string;
}

/**
 * Takes the lock of an embedded database's directory and gives the function that releases it. PGlite has none of its
 * own, and two processes on one directory lose each other's rows without an error.
 *
 * A lock whose process is dead is taken over.
 *
 * @throws StartError that names the holder when a living process has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = `${directory.replace(/\/+$/, '')}.lock`;
  await mkdir(directory, { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(JSON.stringify({ pid: process.pid, since: new Date().toISOString() } satisfies Holder));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder && isAlive(holder.pid)) {
      throw new StartError(
        `The data directory ${directory} is in use by process ${holder.pid} since ${holder.since}; stop that one first, or set DATA_DIR to another folder.`,
      );
    }
    await rm(file, { force: true });
  }
  throw new StartError(`The lock ${file} could not be taken; another process is taking it at the same time.`);
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
