import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MemoryFS } from '@electric-sql/pglite';
import { root } from '../config/config.js';

/**
 * The data directory of a register that has all migrations and seeds, made by the build: what a new embedded database
 * begins from. To make one takes seconds, to copy one a tenth of a second.
 */
export const snapshot = fileURLToPath(new URL('dist/snapshot', root));

/** Stands in a data directory that has not all its files yet. */
const UNFINISHED = 'stedenband-unfinished';

/**
 * Gives a data directory that is new its first files, and a function that says that it is complete. One that a killed
 * process left half made is made anew; one that holds anything else stays as it is.
 *
 * @param from The directory to copy; undefined when the database makes its first files itself.
 */
export async function initialiseDirectory(directory: string, from: string | undefined): Promise<() => Promise<void>> {
  const names = await readdir(directory);
  if (names.length > 0 && !names.includes(UNFINISHED)) return async () => undefined;
  const mark = join(directory, UNFINISHED);
  await writeFile(mark, '');
  // What is in it goes, not the directory: a volume may be mounted there.
  for (const name of names) if (name !== UNFINISHED) await rm(join(directory, name), { recursive: true });
  // Five times quicker than its asynchronous sister, and nothing else is to be done meanwhile.
  if (from !== undefined) cpSync(from, directory, { recursive: true });
  return () => rm(mark);
}

/** Where a database in memory keeps its files, with those of a data directory to begin from. */
export async function memoryFsFrom(directory: string): Promise<MemoryFS> {
  const pglite = await import('@electric-sql/pglite');
  return new (class extends pglite.MemoryFS {
    override async initialSyncFs(): Promise<void> {
      const { FS } = (this.pg as NonNullable<typeof this.pg>).Module;
      FS.mkdirTree(pglite.PGlite.paths.PGDATA);
      for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        const from = join(entry.parentPath, entry.name);
        const to = pglite.PGlite.paths.PGDATA + from.slice(directory.length).replaceAll('\\', '/');
        if (entry.isDirectory()) FS.mkdirTree(to);
        // The buffer becomes the file: a copy of forty megabytes would take as long as reading them.
        else FS.writeFile(to, readFileSync(from), { canOwn: true });
      }
    }
  })();
}
