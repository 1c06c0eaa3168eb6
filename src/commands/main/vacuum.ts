import { requireMigrations } from '../../database/migrate.js';
import { rewriteFiles } from '../../database/vacuum.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

export const ended = run(() =>
  withDatabase(async database => {
    await requireMigrations(database);
    await rewriteFiles(database);
    console.log('The files of the database hold no removed values any more.');
  }),
);
