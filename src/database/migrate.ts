import { StartError } from '../config.js';
import type { Database } from './open.js';

/** Brings the database to the newest migration and gives the names of those that ran; none when it was there. */
export async function migrate({ orm }: Database): Promise<string[]> {
  return (await orm.migrator.up()).map(({ name }) => name);
}

/**
 * Makes sure that a database has all migrations.
 *
 * @throws StartError that says what to run when one is missing.
 */
export async function requireMigrations({ orm }: Database): Promise<void> {
  const pending = await orm.migrator.getPending();
  if (pending.length) {
    throw new StartError(
      `The database lacks ${pending.length} of its migrations; run npm run migrate, then npm run seed.`,
    );
  }
}
