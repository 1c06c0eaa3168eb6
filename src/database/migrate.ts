import { StartError } from '../config/config.js';
import type { Database } from './open.js';

/** Runs all pending migrations and returns their names. */
export async function migrate(database: Database): Promise<string[]> {
  if ((await pendingMigrations(database)).length === 0) return [];
  return (await database.orm.migrator.up()).map(({ name }) => name);
}

/**
 * Checks that no migration is pending.
 *
 * @throws StartError that names the commands to run.
 */
export async function requireMigrations(database: Database): Promise<void> {
  const pending = await pendingMigrations(database);
  if (pending.length) {
    throw new StartError(`The database lacks ${pending.length} migrations; run npm run migrate, then npm run seed.`);
  }
}

/**
 * Reads the names of the pending migrations. One read-only statement, because it runs at every start: MikroORM's migrator
 * takes several, and creates its table.
 */
async function pendingMigrations({ orm, em }: Database): Promise<string[]> {
  const names = (orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name);
  try {
    const rows = await em.getConnection().execute<{ name: string }[]>('select name from mikro_orm_migrations');
    const done = new Set(rows.map(({ name }) => name));
    return names.filter(name => !done.has(name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return names;
    throw error;
  }
}

/** SQLSTATE of a missing table: no migration ever ran. */
const UNDEFINED_TABLE = '42P01';
