import { StartError } from '../config/config.js';
import { sqlStateOf } from '../graph/sql/sql-state.js';
import type { Database } from './open.js';

/** Tells the operator that a newer version has migrated the database. */
type Warn = (text: string) => void;

/**
 * Runs all pending migrations and returns their names.
 *
 * @throws StartError for the database of another application.
 */
export async function migrate(database: Database, warn: Warn = console.error): Promise<string[]> {
  const pending = await pendingMigrations(database, warn);
  if (pending.length === 0) return [];
  const isFirst = pending.length === migrationNames(database).length;
  const migrated = await database.orm.migrator.up().catch(error => {
    if (isFirst && sqlStateOf(error) === DUPLICATE_TABLE) throw new StartError(FOREIGN_TABLES);
    throw error;
  });
  return migrated.map(({ name }) => name);
}

/**
 * Checks that no migration is pending.
 *
 * @throws StartError that names the commands to run; another one for the database of another application.
 */
export async function requireMigrations(database: Database, warn: Warn = console.error): Promise<void> {
  const pending = await pendingMigrations(database, warn);
  if (pending.length) {
    throw new StartError(`The database lacks ${pending.length} migrations; run npm run migrate, then npm run seed.`);
  }
}

const migrationNames = ({ orm }: Database): string[] =>
  (orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name);

/**
 * Reads the names of the pending migrations, and warns of those of a newer version. They are no reason to end the start: an
 * instance may start again while a new version is rolled out. One read-only statement, because it runs at every start:
 * MikroORM's migrator takes several, and creates its table.
 */
async function pendingMigrations(database: Database, warn: Warn): Promise<string[]> {
  const names = migrationNames(database);
  try {
    const rows = await database.em.getConnection().execute<{ name: string }[]>('select name from mikro_orm_migrations');
    const done = new Set(rows.map(({ name }) => name));
    const newest = [...done].sort().at(-1) ?? '';
    const own = names.at(-1) ?? '';
    if (newest > own) warn(newerText(newest, own));
    return names.filter(name => !done.has(name));
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === UNDEFINED_TABLE) return names;
    if (state === UNDEFINED_COLUMN) throw new StartError(FOREIGN_TABLES);
    throw error;
  }
}

const newerText = (newest: string, own: string) =>
  `A newer version has migrated the database: the newest migration is ${newest}, this version ends with ${own}. It may fail, or write what the newer one does not expect: run the newer one, or restore a backup from before its migration.`;

/** SQLSTATE of a missing table: no migration ever ran. */
const UNDEFINED_TABLE = '42P01';
/** SQLSTATE of a missing column: the table of the migrations is that of another application. */
const UNDEFINED_COLUMN = '42703';
/** SQLSTATE of a table that a migration creates, and that exists. */
const DUPLICATE_TABLE = '42P07';

const FOREIGN_TABLES = 'The database holds tables of another application: name an empty one.';
