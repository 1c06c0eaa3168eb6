import type { SqlEntityManager } from '@mikro-orm/sql';
import { type DatabaseLimits, StartError } from '../config/config.js';

/** Returns the time-outs that PostgreSQL enforces, by their names there, in milliseconds; 0 is none. */
const serverTimeouts = ({ queryTimeout, lockTimeout, idleTimeout }: DatabaseLimits) => ({
  statement_timeout: queryTimeout,
  lock_timeout: lockTimeout,
  idle_in_transaction_session_timeout: idleTimeout,
});

/** Returns the time-outs as startup parameters. Text, because the driver sends no number 0, which overrides the role's. */
export function startupTimeouts(limits: DatabaseLimits): Record<string, string> {
  return Object.fromEntries(Object.entries(serverTimeouts(limits)).map(([name, value]) => [name, String(value)]));
}

/** Returns whether a connection pooler refused the time-outs as startup parameters, as PgBouncer does. */
export function isTimeoutRefused(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/.test(error.message);
}

/** The oldest PostgreSQL that has what the register uses, as its `server_version_num`. */
const MIN_VERSION = 150_000;

/** The startup parameters without which values are misread, or rules broken, by the value that each has or begins with. */
const IN_FORCE: Readonly<Record<string, string>> = {
  datestyle: 'ISO',
  default_transaction_isolation: "'read committed'",
};

/** The settings of a server that it cannot change. */
const SERVER = ['server_version', 'server_version_num', 'server_encoding'];

/**
 * Connects, and checks that the database can hold a register, and that the startup parameters are in force: a connection
 * pooler may have dropped them. They cannot be set after connecting, because a pooler may use another connection for the
 * next statement. Checks in a transaction, which a pooler in statement mode refuses.
 *
 * @param setting The setting that the messages name.
 * @throws StartError for another version, encoding or schema, or with the statements that set the parameters for the role; other
 *   errors if the database cannot be reached.
 */
export async function requireServer(em: SqlEntityManager, limits: DatabaseLimits, setting: string): Promise<void> {
  const timeouts = Object.entries(serverTimeouts(limits)).filter(([, value]) => value > 0);
  const wanted = [...timeouts, ...Object.entries(IN_FORCE)];
  const columns = [...SERVER, ...wanted.map(([name]) => name)].map(name => `current_setting('${name}') as ${name}`);
  const select = `select quote_ident(current_user) as role, current_schema() as schema, ${columns.join(', ')}`;
  const connection = em.getConnection();
  const [actual] = await connection.transactional(transaction =>
    connection.execute<Record<string, string | null>[]>(select, [], 'all', transaction),
  );
  if (Number(actual?.server_version_num) < MIN_VERSION)
    throw new StartError(`The register needs PostgreSQL 15 or newer; that of ${setting} is ${actual?.server_version}.`);
  if (actual?.server_encoding !== 'UTF8')
    throw new StartError(
      `The register needs a database with the encoding UTF8; that of ${setting} has ${actual?.server_encoding}. Create another: createdb --encoding=UTF8 --template=template0 stedenband.`,
    );
  // Functions and versions name the tables with their schema.
  if (actual?.schema !== 'public')
    throw new StartError(
      `The register needs the schema public first in the search path; that of ${setting} leads to ${actual?.schema ?? 'none that the role may use'}. Remove search_path from its options, or run: alter role ${actual?.role} set search_path = public;`,
    );
  const missing = wanted.filter(([name, value]) =>
    name in IN_FORCE ? !actual?.[name]?.startsWith(String(value).replaceAll("'", '')) : actual?.[name] === '0',
  );
  if (missing.length === 0) return;
  const statements = missing.map(([name, value]) => `alter role ${actual?.role} set ${name} = ${value};`);
  throw new StartError(
    `The connection pooler of ${setting} does not pass on ${missing.map(([name]) => name).join(', ')}; set them for the role, and reconnect the pooler: ${statements.join(' ')}`,
  );
}
