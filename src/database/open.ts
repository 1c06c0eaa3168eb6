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
import { COMMAND_LIMITS, driverOptions } from './pool.js';
import { initialiseDirectory, memoryFsFrom } from './snapshot.js';

/** An open register. */
export interface Database {
  orm: MikroORM;
  /** The mother of all forks; nothing is ever read or written through it. */
  em: SqlEntityManager;
  /** Whether it is the embedded one: one connection, one process. */
  embedded: boolean;
  /**
   * Hears what other instances say on a channel, and gives the function that stops it. `onNews` is also called when the
   * connection is there, again for one, for what was said meanwhile; `onLost` when it is gone. There are no other
   * instances on an embedded database, so `onNews` is called once and nothing is ever lost.
   */
  listen(channel: string, onNews: () => void, onLost: () => void): () => Promise<void>;
  close(): Promise<void>;
}

const common = {
  entities,
  metadataProvider: ReflectMetadataProvider,
  extensions: [Migrator],
  migrations: {
    migrationsList: [Migration20261124000000, Migration20261124120000, Migration20261124180000],
    snapshot: false,
    silent: true,
  },
  // Every operation takes a fork of its own; using the mother by mistake is an error.
  allowGlobalContext: false,
  timezone: 'UTC',
};

/**
 * Opens the register's database.
 *
 * @param snapshot What a new embedded database begins from: a data directory, or one that was dumped.
 * @param limits Of PostgreSQL; without them those of a command that an operator waits for.
 * @throws StartError when it cannot be reached, or the data directory is in use.
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
    // A mistyped name is an error, not a new and empty database.
    ensureDatabase: false,
    pool: { min: 0, max: limits.poolSize },
    driverOptions: driverOptions(limits),
  });
  const database: Database = {
    orm: orm as unknown as MikroORM,
    em: orm.em,
    embedded: false,
    listen: (channel, onNews, onLost) => listen(url, channel, onNews, onLost),
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
    const listen: Database['listen'] = (_, onNews) => {
      onNews();
      return async () => undefined;
    };
    return { orm: orm as unknown as MikroORM, em: orm.em, embedded: true, listen, close };
  } catch (error) {
    await release();
    throw new StartError(`The embedded database in ${directory ?? 'memory'} cannot be opened: ${reasonOf(error)}.`);
  }
}

/** Starts the embedded database itself. Made here and handed over: the ORM would copy a dump as if it were a plain object. */
async function startPglite(directory: string | undefined, snapshot: Blob | string | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = typeof snapshot === 'string' && existsSync(snapshot) ? snapshot : undefined;
  const loadDataDir = snapshot instanceof Blob ? { loadDataDir: snapshot } : {};
  if (directory === undefined) {
    return folder === undefined
      ? PGlite.create({ dataDir: 'memory://', ...loadDataDir })
      : PGlite.create({ fs: await memoryFsFrom(folder) });
  }
  const finish = await initialiseDirectory(directory, folder);
  const client = await PGlite.create({ dataDir: directory, initDbStartParams: ['--wal-segsize=1'], ...loadDataDir });
  await finish();
  return client;
}

/** The innermost reason of a connection error, in one line and without the address of the database. */
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
