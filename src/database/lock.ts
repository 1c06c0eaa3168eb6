import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../config/config.js';

interface Holder {
  pid: number;
  since: string;
  /** Identifies the process; absent on a system without `/proc`. */
  startId?: string | undefined;
}

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
  const file = `${directory.replace(/(?<!\/)\/+$/, '')}.lock`;
  // Written first and then linked, so that no process reads a lock file without its holder.
  const ownFile = `${file}.${process.pid}`;
  try {
    await createDirectory(directory);
    const own: Holder = { pid: process.pid, since: new Date().toISOString(), startId: await startIdOf(process.pid) };
    await writeFile(ownFile, JSON.stringify(own));
    if (!(await tryLink(ownFile, file))) {
      await rejectIfAlive(directory, await readHolder(file));
      // Replaced, not removed: of several processes that take over at once, the last one owns the lock and the others see it.
      await rename(ownFile, file);
      await sleep(SETTLE_MS);
      const holder = await readHolder(file);
      if (holder?.pid !== process.pid) await rejectIfAlive(directory, holder);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The data directory ${directory} cannot be used: ${(error as Error).message}.`);
  } finally {
    await rm(ownFile, { force: true }).catch(() => undefined);
  }
  return () => rm(file, { force: true });
}

/**
 * Creates a folder with those above it. `mkdir` with `recursive` never ends where the system says of a folder in an
 * existing one that it does not exist, as in `/proc`: Node then creates the existing one for ever.
 */
async function createDirectory(directory: string): Promise<void> {
  try {
    await createFolder(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(directory) === directory) throw error;
    await createDirectory(dirname(directory));
    await createFolder(directory);
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
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

async function rejectIfAlive(directory: string, holder: Holder | undefined): Promise<void> {
  if (!holder || !(await isAlive(holder))) return;
  throw new StartError(
    `The data directory ${directory} is in use by process ${holder.pid} since ${holder.since}; stop that process, or set DATA_DIR to another folder.`,
  );
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, since, startId }: Holder): Promise<boolean> {
  // In a container each start may have the same process id: an older lock belongs to an earlier start.
  if (pid === process.pid && Date.parse(since) < performance.timeOrigin) return false;
  // The system gives the id of an ended process to a new one.
  const current = startId === undefined ? undefined : await startIdOf(pid);
  if (current !== undefined && current !== startId) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Returns the boot of the machine and the start time of a process since then; undefined without `/proc`. */
async function startIdOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The second field is the name of the program in parentheses, and may contain spaces; field 22 is the start time.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()} ${startTime}`;
  } catch {
    return undefined;
  }
}
