import { StartError } from '../config/config.js';
import type { Database } from './open.js';

/** Tells the operator that a newer version has migrated the database. */
type Warn = (text: string) => void;

/** Runs all pending migrations and returns their names. */
export async function migrate(database: Database, warn: Warn = console.error): Promise<string[]> {
  if ((await pendingMigrations(database, warn)).length === 0) return [];
  return (await database.orm.migrator.up()).map(({ name }) => name);
}

/**
 * Checks that no migration is pending.
 *
 * @throws StartError that names the commands to run.
 */
export async function requireMigrations(database: Database, warn: Warn = console.error): Promise<void> {
  const pending = await pendingMigrations(database, warn);
  if (pending.length) {
    throw new StartError(`The database lacks ${pending.length} migrations; run npm run migrate, then npm run seed.`);
  }
}

/**
 * Reads the names of the pending migrations, and warns of those of a newer version. They are no reason to end the start: an
 * instance may start again while a new version is rolled out. One read-only statement, because it runs at every start:
 * MikroORM's migrator takes several, and creates its table.
 */
async function pendingMigrations({ orm, em }: Database, warn: Warn): Promise<string[]> {
  const names = (orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name);
  try {
    const rows = await em.getConnection().execute<{ name: string }[]>('select name from mikro_orm_migrations');
    const done = new Set(rows.map(({ name }) => name));
    const newest = [...done].sort().at(-1) ?? '';
    const own = names.at(-1) ?? '';
    if (newest > own) warn(newerText(newest, own));
    return names.filter(name => !done.has(name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return names;
    throw error;
  }
}

const newerText = (newest: string, own: string) =>
  `A newer version has migrated the database: the newest migration is ${newest}, this version ends with ${own}. It may fail, or write what the newer one does not expect: run the newer one, or restore a backup from before its migration.`;

/** SQLSTATE of a missing table: no migration ever ran. */
const UNDEFINED_TABLE = '42P01';
