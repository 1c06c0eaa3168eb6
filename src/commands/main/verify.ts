import { StartError } from '../../config/config.js';
import { requireMigrations } from '../../database/migrate.js';
import type { Difference } from '../../database/verify/difference.js';
import { verify } from '../../database/verify/verify.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

const lineOf = ({ table, id, change, problem }: Difference) =>
  `${table} ${id}${change === null ? '' : `, change ${change}`}: ${problem}.`;

export const ended = run(async () => {
  await withDatabase(async database => {
    await requireMigrations(database);
    const { differences, isComplete, tables, logged, changes } = await verify(database);
    for (const difference of differences) console.log(lineOf(difference));
    if (differences.length) {
      const places =
        differences.length === 1 ? '1 place' : `${isComplete ? '' : 'at least '}${differences.length} places`;
      throw new StartError(`Tables, versions and log differ, or have wrong values, in ${places}.`);
    }
    console.log(
      `The rows of ${tables} tables agree with their newest versions, and all versions of ${logged} with the log of ${changes} changes. Older versions of proposals, of sources, of citations of periods and of the search index were not compared with it.`,
    );
  });
});
