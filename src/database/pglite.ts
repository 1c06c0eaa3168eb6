import { existsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { initialiseDirectory, memoryFsFrom } from './snapshot.js';

/** Starts PGlite. Not left to the ORM, which cannot give it a file system. */
export async function startPglite(directory: string | undefined, snapshot: string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = snapshot !== undefined && existsSync(snapshot) ? snapshot : undefined;
  if (directory === undefined) {
    return folder === undefined
      ? PGlite.create({ dataDir: 'memory://' })
      : PGlite.create({ fs: await memoryFsFrom(folder) });
  }
  const markComplete = await initialiseDirectory(directory, folder);
  const client = await PGlite.create({ dataDir: directory, initDbStartParams: ['--wal-segsize=1'] });
  await markComplete();
  return client;
}
