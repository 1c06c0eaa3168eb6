import { existsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { initialiseDirectory, memoryFsFrom } from './snapshot.js';

/** Starts PGlite. Not left to the ORM, which would deep-copy the options, a dump included. */
export async function startPglite(directory: string | undefined, snapshot: Blob | string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = typeof snapshot === 'string' && existsSync(snapshot) ? snapshot : undefined;
  const loadDataDir = snapshot instanceof Blob ? { loadDataDir: snapshot } : {};
  if (directory === undefined) {
    return folder === undefined
      ? PGlite.create({ dataDir: 'memory://', ...loadDataDir })
      : PGlite.create({ fs: await memoryFsFrom(folder) });
  }
  const markComplete = await initialiseDirectory(directory, folder);
  const client = await PGlite.create({ dataDir: directory, initDbStartParams: ['--wal-segsize=1'], ...loadDataDir });
  await markComplete();
  return client;
}
