import { link, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../config/config.js';
import { HEARTBEAT_MS, type Holder, isAlive, isElsewhere, ownHolder, readHolder } from './lock-holder.js';

/**
 * The lock in a data directory. Not beside it: a directory has several paths, by links and mounts, and the folder above is
 * often read-only, as that of a volume or of `StateDirectory` is.
 */
const LOCK_FILE = 'stedenband-lock';

/** Returns whether a file in a data directory is its lock, or that of a process that was killed while it took it. */
export const isLockFile = (name: string): boolean => name.startsWith(LOCK_FILE);

/** Wait after taking over a stale lock, so that of several processes that do so at once only the last owns it. */
const SETTLE_MS = 200;

/**
 * Locks the data directory of an embedded database and returns a function that releases the lock. PGlite has no lock of
 * its own, and two processes on one directory lose each other's rows without an error. Takes over the lock of a dead
 * process.
 *
 * @throws StartError that names the holder if a live process has the lock, or if the directory cannot be created.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, LOCK_FILE);
  // Written first and then linked, so that no process reads a lock file without its holder.
  const ownFile = `${file}.${process.pid}`;
  try {
    // PostgreSQL has the same mode: a register has secrets of webhooks.
    await createDirectory(directory, 0o700);
    const own = await ownHolder();
    await writeFile(ownFile, JSON.stringify(own));
    if (!(await tryLink(ownFile, file))) {
      await rejectIfAlive(directory, file, await readHolder(file));
      // Replaced, not removed: of several processes that take over at once, the last one owns the lock and the others see it.
      await rename(ownFile, file);
      await sleep(SETTLE_MS);
      const holder = await readHolder(file);
      if (JSON.stringify(holder) !== JSON.stringify(own)) await rejectIfAlive(directory, file, holder);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The data directory ${directory} cannot be used: ${(error as Error).message}.`);
  } finally {
    await rm(ownFile, { force: true }).catch(() => undefined);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  return () => {
    clearInterval(heartbeat);
    return rm(file, { force: true });
  };
}

/**
 * Creates a folder with those above it. `mkdir` with `recursive` never ends where the system says of a folder in an
 * existing one that it does not exist, as in `/proc`: Node then creates the existing one for ever.
 */
async function createDirectory(directory: string, mode?: number): Promise<void> {
  try {
    await createFolder(directory, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(directory) === directory) throw error;
    await createDirectory(dirname(directory));
    await createFolder(directory, mode);
  }
}

async function createFolder(folder: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  }
}

/** Creates the lock file by a hard link, which is atomic; returns false if it exists. */
async function tryLink(ownFile: string, file: string): Promise<boolean> {
  try {
    await link(ownFile, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function rejectIfAlive(directory: string, file: string, holder: Holder | undefined): Promise<void> {
  if (!holder || !(await isAlive(holder, file))) return;
  const place = (await isElsewhere(holder)) ? ' of another container or machine' : '';
  throw new StartError(
    `The data directory ${directory} is in use by process ${holder.pid}${place} since ${holder.since}; stop that process, or set DATA_DIR to another folder.`,
  );
}
