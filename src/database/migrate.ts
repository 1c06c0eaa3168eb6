import { StartError } from '../config/config.js';
import type { Database } from './open.js';

/** Brings the database to the newest migration and gives the names of those that ran; none when it was there. */
export async function migrate(database: Database): Promise<string[]> {
  if ((await pendingMigrations(database)).length === 0) return [];
  return (await database.orm.migrator.up()).map(({ name }) => name);
}

/**
 * Makes sure that a database has all migrations.
 *
 * @throws StartError that says what to run when one is missing.
 */
export async function requireMigrations(database: Database): Promise<void> {
  const pending = await pendingMigrations(database);
  if (pending.length) {
    throw new StartError(
      `The database lacks ${pending.length} of its migrations; run npm run migrate, then npm run seed.`,
    );
  }
}

/**
 * The migrations that a database lacks. One statement where the migrator takes several, the first of which would make
 * its table: this one runs at every start.
 */
async function pendingMigrations({ orm, em }: Database): Promise<string[]> {
  const names = (orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name);
  try {
    const ran = await em.getConnection().execute<{ name: string }[]>('select name from mikro_orm_migrations');
    const done = new Set(ran.map(({ name }) => name));
    return names.filter(name => !done.has(name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return names;
    throw error;
  }
}

/** What PostgreSQL answers where nothing ever migrated. */
const UNDEFINED_TABLE = '42P01';
