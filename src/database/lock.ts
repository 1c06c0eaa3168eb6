import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../config/config.js';

interface Holder {
  pid: number;
  since: string;
}

/** How long two processes that take over the same dead one's lock wait to see which of them has it; in milliseconds. */
const SETTLE_MS = 200;

/**
 * Takes the lock of an embedded database's directory and gives the function that releases it. PGlite has none of its
 * own, and two processes on one directory lose each other's rows without an error.
 *
 * A lock whose process is dead is taken over.
 *
 * @throws StartError that names the holder when a living process has it, or when the directory cannot be made.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = `${directory.replace(/(?<!\/)\/+$/, '')}.lock`;
  // Written aside and then linked, so that nobody ever reads a lock without its holder.
  const mine = `${file}.${process.pid}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(mine, JSON.stringify({ pid: process.pid, since: new Date().toISOString() } satisfies Holder));
    if (!(await isFirst(mine, file))) {
      refuseLiving(directory, await readHolder(file));
      // Replaced, not removed: of several that take it over at once, the last one has it and the others see that.
      await rename(mine, file);
      await sleep(SETTLE_MS);
      const holder = await readHolder(file);
      if (holder?.pid !== process.pid) refuseLiving(directory, holder);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The data directory ${directory} cannot be used: ${(error as Error).message}.`);
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
  return () => rm(file, { force: true });
}

async function isFirst(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuseLiving(directory: string, holder: Holder | undefined): void {
  if (!holder || !isAlive(holder)) return;
  throw new StartError(
    `The data directory ${directory} is in use by process ${holder.pid} since ${holder.since}; stop that one first, or set DATA_DIR to another folder.`,
  );
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, since }: Holder): boolean {
  // In a container every start may have the same id: a lock that is older than this process is of one before it.
  if (pid === process.pid && Date.parse(since) < performance.timeOrigin) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
