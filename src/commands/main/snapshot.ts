import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../database/migrate.js';
import { openDatabase } from '../../database/open.js';
import { seed } from '../../database/seed/command.js';
import { snapshot } from '../../database/snapshot.js';
import { run } from '../run.js';

/** A register is one database: the two that others would be copied from are two fifths of its files. */
const WITHOUT_TEMPLATES = [
  'update pg_database set datistemplate = false',
  'drop database template0',
  'drop database template1',
];

/** The first query needs statistics for its plan; after a checkpoint, a start has no write-ahead log to replay. */
const READY = ['vacuum (freeze, analyze)', 'checkpoint'];

/** Creates the initial database in the folder of the build, or in that of the argument for a release. */
async function createSnapshot(folder: string): Promise<void> {
  const directory = `${folder}.new`;
  await rm(directory, { recursive: true, force: true });
  const database = await openDatabase({ kind: 'embedded', directory });
  try {
    // Removes segments of the write-ahead log instead of keeping them for later: they would be a third of the copy.
    await database.em.getConnection().execute('set wal_recycle = off');
    await migrate(database);
    await seed(database);
    for (const statement of [...WITHOUT_TEMPLATES, ...READY]) await database.em.getConnection().execute(statement);
  } finally {
    await database.close();
  }
  // Another user than the one that builds may run the server.
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  await rm(folder, { recursive: true, force: true });
  await rename(directory, folder);
}

export const ended = run(() => createSnapshot(process.argv[2] ?? snapshot), { takesArguments: true });
