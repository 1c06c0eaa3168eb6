import type { PGlite } from '@electric-sql/pglite';
import { initialContent, initialiseDirectory, memoryFsFrom } from './snapshot.js';

/** Starts PGlite. Not left to the ORM, which cannot give it a file system. */
export async function startPglite(directory: string | undefined, snapshot: string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const content = await initialContent(snapshot);
  const [folder, dump] = content instanceof Blob ? [undefined, { loadDataDir: content }] : [content, {}];
  if (directory === undefined) {
    return folder === undefined
      ? PGlite.create({ dataDir: 'memory://', ...dump })
      : PGlite.create({ fs: await memoryFsFrom(folder) });
  }
  const markComplete = await initialiseDirectory(directory, folder);
  const client = await PGlite.create({
    dataDir: directory,
    initDbStartParams: ['--wal-segsize=1'],
    // PGlite refuses a dump for a database that exists.
    ...(markComplete && dump),
  });
  await markComplete?.();
  return client;
}
