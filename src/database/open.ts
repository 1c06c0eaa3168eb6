import 'reflect-metadata';
import { existsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import type { MikroORM } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type DatabaseLimits, StartError, type Storage } from '../config/config.js';
import { entities } from './entities.js';
import { listen } from './listen.js';
import { lockDirectory } from './lock.js';
import { Migration20261124000000 } from './migrations/Migration20261124000000.js';
import { Migration20261124120000 } from './migrations/Migration20261124120000.js';
import { Migration20261124180000 } from './migrations/Migration20261124180000.js';
import { Migration20261125110000 } from './migrations/Migration20261125110000.js';
import { COMMAND_LIMITS, driverOptions, EMBEDDED_CONNECTIONS } from './pool.js';
import { initialiseDirectory, memoryFsFrom } from './snapshot.js';

/** An open register. */
export interface Database {
  orm: MikroORM;
  /** The root EntityManager, only used to create forks. */
  em: SqlEntityManager;
  /** True for the embedded database, which has one connection and belongs to one process. */
  embedded: boolean;
  /** The maximum number of connections for operations, and of milliseconds that an operation waits for one; 0 is no limit. */
  connections: { max: number; timeoutMs: number };
  /**
   * Listens for notifications of other instances on a channel, and returns a function that stops it (see `listen.ts`).
   * An embedded database has no other instances: it calls `onNotification` once and `onDisconnect` never.
   */
  listen(channel: string, onNotification: () => void, onDisconnect: () => void): () => Promise<void>;
  close(): Promise<void>;
}

const common = {
  entities,
  metadataProvider: ReflectMetadataProvider,
  extensions: [Migrator],
  migrations: {
    migrationsList: [
      Migration20261124000000,
      Migration20261124120000,
      Migration20261124180000,
      Migration20261125110000,
    ],
    snapshot: false,
    silent: true,
  },
  // Using the root EntityManager instead of a fork throws.
  allowGlobalContext: false,
  timezone: 'UTC',
};

/**
 * Opens the register's database.
 *
 * @param snapshot Initial content of a new embedded database: a data directory, or the dump of one.
 * @param limits Limits of PostgreSQL connections; those of a command by default.
 * @throws StartError if the database is unreachable, or the data directory is in use.
 */
export async function openDatabase(
  storage: Storage,
  snapshot?: Blob | string,
  limits = COMMAND_LIMITS,
): Promise<Database> {
  return storage.kind === 'postgresql'
    ? openPostgreSql(storage.url, limits)
    : openEmbedded(storage.directory, snapshot);
}

async function openPostgreSql(url: string, limits: DatabaseLimits): Promise<Database> {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const orm = await MikroORM.init({
    ...common,
    clientUrl: url,
    // A mistyped name is an error, not a new, empty database.
    ensureDatabase: false,
    pool: { min: 0, max: limits.poolSize },
    driverOptions: driverOptions(limits),
  });
  const database: Database = {
    orm: orm as unknown as MikroORM,
    em: orm.em,
    embedded: false,
    connections: { max: limits.poolSize, timeoutMs: limits.connectTimeout },
    listen: (channel, onNotification, onDisconnect) => listen(url, channel, onNotification, onDisconnect),
    close: () => orm.close(),
  };
  try {
    await orm.em.getConnection().execute('select 1');
  } catch (error) {
    await orm.close().catch(() => undefined);
    throw new StartError(`The database of DATABASE_URL cannot be reached: ${reasonOf(error)}.`);
  }
  return database;
}

async function openEmbedded(directory: string | undefined, snapshot?: Blob | string): Promise<Database> {
  const release = directory ? await lockDirectory(directory) : async () => undefined;
  try {
    const { MikroORM } = await import('@mikro-orm/pglite');
    const client = await startPglite(directory, snapshot);
    const orm = await MikroORM.init({ ...common, dbName: 'postgres', driverOptions: { pglite: () => client } });
    const close = async () => {
      await orm.close();
      await client.close();
      await release();
    };
    const listen: Database['listen'] = (_, onNotification) => {
      onNotification();
      return async () => undefined;
    };
    return {
      orm: orm as unknown as MikroORM,
      em: orm.em,
      embedded: true,
      connections: EMBEDDED_CONNECTIONS,
      listen,
      close,
    };
  } catch (error) {
    await release();
    throw new StartError(`The embedded database in ${directory ?? 'memory'} cannot be opened: ${reasonOf(error)}.`);
  }
}

/** Starts PGlite. Not left to the ORM, which would deep-copy the options, a dump included. */
async function startPglite(directory: string | undefined, snapshot: Blob | string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = typeof snapshot === 'string' && existsSync(snapshot) ? snapshot : undefined;
  const loadDataDir = snapshot instanceof Blob ? { loadDataDir: snapshot } : {};
  if (directory === undefined) {
    return folder === undefined
      ? PGlite.create({ dataDir: 'memory://', ...loadDataDir })
      : PGlite.create({ fs: await memoryFsFrom(folder) });
  }
  const markComplete = await initialiseDirectory(directory, folder);
  const client = await PGlite.create({ dataDir: directory, initDbStartParams: ['--wal-segsize=1'], ...loadDataDir });
  await markComplete();
  return client;
}

/** Returns the message of a connection error, in one line and without the connection string. */
function reasonOf(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  return (
    causes
      .map(cause =>
        cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : String(cause),
      )
      .join(', ')
      .split('\n')[0] ?? ''
  );
}
