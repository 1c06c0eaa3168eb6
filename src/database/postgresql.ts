import type { DatabaseLimits } from '../config/config.js';
import { type ConnectionOptions, driverConfig } from './connection/options.js';
import type { EmbeddedBackend } from './embedded/backend.js';
import { driverOptions, EMBEDDED_CONNECTIONS, embeddedDriverOptions } from './pool.js';
import { isTimeoutRefused, requireServer } from './timeouts.js';

export type Orm = Awaited<ReturnType<typeof initOrm>>;

/** A database and the way to it, as MikroORM names its parts. */
type Address = ReturnType<typeof driverConfig>;

/** Opens a pool of connections to another server with the options of an ORM. It connects when it is used. */
export async function poolFor(orm: Orm, connection: ConnectionOptions, limits: DatabaseLimits, startup: boolean) {
  const { PostgreSqlConnection } = await import('@mikro-orm/postgresql');
  const { database: dbName, ...address } = driverConfig(connection);
  return new PostgreSqlConnection(
    orm.config,
    {
      ...address,
      dbName,
      pool: { min: 0, max: limits.poolSize },
      driverOptions: driverOptions(connection, limits, startup),
    },
    'read',
  );
}

/** Opens MikroORM. It connects when it is used. */
async function initOrm(options: object, { database: dbName, ...address }: Address, max: number, driverOptions: object) {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  // Not by `init`, which looks for packages that the register does not use.
  return new MikroORM({
    ...options,
    ...address,
    dbName,
    // A mistyped name is an error, not a new, empty database.
    ensureDatabase: false,
    pool: { min: 0, max },
    driverOptions,
  });
}

/** Opens MikroORM on an embedded database. It connects when it is used. */
export const connectEmbedded = (options: object, backend: EmbeddedBackend): Promise<Orm> =>
  initOrm(
    options,
    { database: 'postgres', user: 'postgres' },
    EMBEDDED_CONNECTIONS.max,
    embeddedDriverOptions(backend),
  );

/**
 * Opens MikroORM on a PostgreSQL, with one connection that has been tried.
 *
 * @param options Those that do not depend on the database.
 * @param setting The setting that the messages name.
 * @param startup Whether the time-outs are sent as startup parameters, which a connection pooler may refuse.
 * @throws StartError if the database cannot hold a register, or a time-out is not in force; the error of the driver if the database cannot be reached.
 */
export async function connectPostgreSql(
  options: object,
  connection: ConnectionOptions,
  limits: DatabaseLimits,
  setting: string,
  startup = true,
): Promise<Orm> {
  const driver = driverOptions(connection, limits, startup);
  const orm = await initOrm(options, driverConfig(connection), limits.poolSize, driver);
  try {
    await requireServer(orm.em, limits, setting);
    return orm;
  } catch (error) {
    await orm.close().catch(() => undefined);
    if (startup && isTimeoutRefused(error)) return connectPostgreSql(options, connection, limits, setting, false);
    throw error;
  }
}
