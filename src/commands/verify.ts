import { readConfig, StartError } from '../config/config.js';
import { requireMigrations } from '../database/migrate.js';
import type { Difference } from '../database/verify/difference.js';
import { verify } from '../database/verify/verify.js';
import { withDatabase } from './database.js';
import { run } from './run.js';

const NOTHING_IN_MEMORY =
  'DATA_DIR is memory, where there is no register to verify. Set DATA_DIR to a folder, or DATABASE_URL.';

const lineOf = ({ table, id, change, problem }: Difference) =>
  `${table} ${id}${change === null ? '' : `, change ${change}`}: ${problem}.`;

await run(async () => {
  const { storage } = readConfig(process.env);
  if (storage.kind === 'embedded' && storage.directory === undefined) throw new StartError(NOTHING_IN_MEMORY);
  await withDatabase(async database => {
    await requireMigrations(database);
    const { differences, tables, logged, changes } = await verify(database);
    for (const difference of differences) console.log(lineOf(difference));
    if (differences.length)
      throw new StartError(
        `Tables, versions and log differ in ${differences.length === 1 ? '1 place' : `${differences.length} places`}.`,
      );
    console.log(
      `The rows of ${tables} tables agree with their newest versions, and all versions of ${logged} with the log of ${changes} changes. Older versions of proposals and of the search index were not compared with it.`,
    );
  });
});
