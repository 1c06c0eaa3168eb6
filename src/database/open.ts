import 'reflect-metadata';
import type { MikroORM } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChangeStream } from '../change/stream.js';
import { type DatabaseLimits, type PostgreSqlStorage, StartError, type Storage } from '../config/config.js';
import { withFullStop } from '../messages/message.js';
import { connectionFailure } from './connection/failure.js';
import type { ConnectionOptions } from './connection/options.js';
import { parseDatabaseUrl } from './connection/url.js';
import { EmbeddedBackend } from './embedded/backend.js';
import { entities } from './entities.js';
import { runExclusively } from './exclusive.js';
import { listen } from './listen.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { COMMAND_LIMITS, EMBEDDED_CONNECTIONS } from './pool.js';
import { connectEmbedded, connectPostgreSql } from './postgresql.js';
import { openReplicas } from './replicas/open-replicas.js';
import { FollowedReplicas } from './replicas/read-replicas.js';
import type { ReplicaLog } from './replicas/replica-state.js';

/** An open register. */
export interface Database {
  orm: MikroORM;
  /** The root EntityManager, only used to create forks. */
  em: SqlEntityManager;
  /** True for the embedded database, which has one connection and belongs to one process. */
  embedded: boolean;
  /** The connection string of PostgreSQL, parsed; undefined for the embedded database. */
  connection: ConnectionOptions | undefined;
  /** The maximum number of connections for operations, and of milliseconds that an operation waits for one; 0 is no limit. */
  connections: { max: number; timeoutMs: number };
  /**
   * Listens for notifications of other instances on a channel, and returns a function that stops it (see `listen.ts`).
   * An embedded database has no other instances: it calls `onNotification` once and `onDisconnect` never.
   */
  listen(
    channel: string,
    onNotification: (payload?: string, processId?: number) => void,
    onDisconnect: (reason?: unknown) => void,
  ): () => Promise<void>;
  /**
   * Leads read operations to the streaming replicas of the settings, once it is started; undefined if there are none.
   *
   * @param log Called when operations begin or cease to read from a replica. Must not throw.
   */
  followReplicas: ((changes: ChangeStream, log: ReplicaLog) => FollowedReplicas) | undefined;
  /** Runs work that only one process may do at a time, after others have finished theirs (see `exclusive.ts`). */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface OpenOptions {
  /** The data directory that a new embedded database is a copy of. */
  snapshot?: string;
  /** The embedded database, if it is being opened already. */
  backend?: EmbeddedBackend | undefined;
  /** The limits of PostgreSQL connections; those of a command by default. */
  limits?: DatabaseLimits;
}

const common = {
  entities,
  metadataProvider: ReflectMetadataProvider,
  extensions: [Migrator],
  migrations: {
    migrationsList: MIGRATIONS,
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
 * @throws StartError if the database is unreachable, or the data directory is in use.
 */
export async function openDatabase(storage: Storage, options: OpenOptions = {}): Promise<Database> {
  if (storage.kind === 'postgresql') return openPostgreSql(storage, options.limits ?? COMMAND_LIMITS);
  return openEmbedded(options.backend ?? (await EmbeddedBackend.begin(storage.directory, options.snapshot)));
}

async function openPostgreSql(
  { url, directUrl, pooler, replicas }: PostgreSqlStorage,
  limits: DatabaseLimits,
): Promise<Database> {
  const setting = url === directUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL';
  const connection = parseDatabaseUrl(url, setting);
  const direct = directUrl === undefined ? connection : parseDatabaseUrl(directUrl, 'DATABASE_DIRECT_URL');
  const orm = await connectPostgreSql(common, connection, limits, setting, pooler === undefined).catch(error => {
    if (error instanceof StartError) throw error;
    throw new StartError(withFullStop(`The database of ${setting} cannot be reached: ${connectionFailure(error)}`));
  });
  const servers = await openReplicas(orm, replicas?.urls ?? [], limits, pooler === undefined);
  const notify = async (channel: string, payload: string) => {
    await orm.em.getConnection().execute('select pg_notify(?, ?)', [channel, payload]);
  };
  return {
    orm: orm as unknown as MikroORM,
    em: orm.em,
    embedded: false,
    connection,
    connections: { max: limits.poolSize, timeoutMs: limits.connectTimeout },
    listen: (channel, onNotification, onDisconnect) => listen(direct, channel, notify, onNotification, onDisconnect),
    followReplicas: replicas && ((changes, log) => new FollowedReplicas(servers, changes, replicas.maxLagMs, log)),
    exclusively: work => runExclusively(direct, work),
    close: async () => {
      await Promise.all([orm, ...servers].map(server => server.close()));
    },
  };
}

async function openEmbedded(backend: EmbeddedBackend): Promise<Database> {
  const orm = await connectEmbedded(common, backend);
  await backend.opened;
  // The ORM closes its connection only if it has sent a statement itself.
  await orm.em.getConnection().execute('select 1');
  const listen: Database['listen'] = (_, onNotification) => {
    onNotification();
    return async () => undefined;
  };
  return {
    orm: orm as unknown as MikroORM,
    em: orm.em,
    embedded: true,
    connection: undefined,
    connections: EMBEDDED_CONNECTIONS,
    listen,
    followReplicas: undefined,
    // A data directory belongs to one process.
    exclusively: work => work(),
    close: async () => {
      await orm.close();
      await backend.close();
    },
  };
}
