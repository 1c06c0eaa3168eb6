import { rename, rm } from 'node:fs/promises';
import { migrate } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { seed } from '../database/seed/command.js';
import { snapshot } from '../database/snapshot.js';
import { run } from './run.js';

await run(async () => {
  const directory = `${snapshot}.new`;
  await rm(directory, { recursive: true, force: true });
  const database = await openDatabase({ kind: 'embedded', directory });
  try {
    await migrate(database);
    await seed(database);
    // The first query needs statistics for its plan; after a checkpoint, a start has no write-ahead log to replay.
    for (const statement of ['vacuum (freeze, analyze)', 'checkpoint']) {
      await database.em.getConnection().execute(statement);
    }
  } finally {
    await database.close();
  }
  await rm(snapshot, { recursive: true, force: true });
  await rename(directory, snapshot);
});
