import { migrate } from '../../database/migrate.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

export const ended = run(() =>
  withDatabase(async database => {
    const applied = await database.exclusively(() => migrate(database));
    console.log(applied.length ? `Migrated: ${applied.join(', ')}.` : 'The database has all migrations.');
  }),
);
