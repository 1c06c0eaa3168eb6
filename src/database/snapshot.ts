import { cpSync, existsSync } from 'node:fs';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, StartError } from '../config/config.js';
import { isLockFile } from './lock.js';

/**
 * Data directory with all migrations and seeds, created by the build. A new embedded database is a copy of it: copying
 * takes 0.1 s, creating one takes seconds.
 */
export const snapshot = fileURLToPath(new URL('dist/snapshot', root));

/** A release has the snapshot as a compressed dump, which takes a seventh of the place and half a second to unpack. */
const DUMP_SUFFIX = '.tar.gz';

/** Returns the initial content of a new database: a folder, the file of a dump, or neither. */
export function initialContent(from: string | undefined): { folder?: string; dump?: string } {
  if (from === undefined) return {};
  if (existsSync(from)) return { folder: from };
  const dump = from + DUMP_SUFFIX;
  return existsSync(dump) ? { dump } : {};
}

/** Name of the marker file in a data directory that is still incomplete. */
const UNFINISHED = 'stedenband-unfinished';

/** The file that each database of PostgreSQL has. PGlite would create one over a register that lacks it. */
const OF_DATABASE = 'PG_VERSION';

/** The folder that a new file system has. */
const OF_FILE_SYSTEM = 'lost+found';

/** Returns whether a data directory holds a database that was completed. */
export const holdsDatabase = (directory: string): boolean =>
  existsSync(join(directory, OF_DATABASE)) && !existsSync(join(directory, UNFINISHED));

/**
 * Initialises a new data directory and returns a function that marks it as complete; undefined if it is no new one. A
 * directory that a killed process left incomplete is initialised again; a database is left unchanged.
 *
 * @param from The directory to copy; undefined if the database creates its first files itself.
 * @throws StartError for a directory with other files.
 */
export async function initialiseDirectory(
  directory: string,
  from: string | undefined,
): Promise<(() => Promise<void>) | undefined> {
  const names = (await readdir(directory)).filter(name => !isLockFile(name) && name !== OF_FILE_SYSTEM);
  if (names.length > 0 && !names.includes(UNFINISHED)) {
    if (names.includes(OF_DATABASE)) return undefined;
    throw new StartError(
      `The data directory ${directory} holds other files (${names[0]}) and no whole register; restore a backup, or set DATA_DIR to an empty folder.`,
    );
  }
  const marker = join(directory, UNFINISHED);
  await writeFile(marker, '');
  // As `initdb` does with a folder that is there: a register has secrets of webhooks. Only its owner can.
  await chmod(directory, 0o700).catch(() => undefined);
  // Deletes the content, not the directory: it may be the mount point of a volume.
  for (const name of names) if (name !== UNFINISHED) await rm(join(directory, name), { recursive: true });
  // Five times faster than `fs.promises.cp`, and the process has nothing else to do yet.
  if (from !== undefined) cpSync(from, directory, { recursive: true });
  return () => rm(marker);
}
