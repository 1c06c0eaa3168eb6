import type { Config, Storage } from '../config/config.js';
import type { EmbeddedBackend } from '../database/embedded/backend.js';
import { migrate, requireMigrations } from '../database/migrate.js';
import { type Database, openDatabase } from '../database/open.js';
import { isEmpty } from '../database/seed/is-empty.js';
import { snapshot } from '../database/snapshot.js';
import { ignoreOrphanedErrors } from '../server/graphql/orphaned-errors.js';
import type { OpenLog } from '../server/observability/logger.js';
import { type OperationsOptions, type RunningServer, serve } from '../server/serve.js';
import { type ServiceOptions, schemaFor } from '../server/service.js';

/** Limits the time of a shutdown: a database that does not respond must not block the exit of the process. */
export const SHUTDOWN_TIMEOUT_MS = 8_500;

interface InstanceOptions extends ServiceOptions, OperationsOptions {
  backend?: EmbeddedBackend | undefined;
}

/**
 * Serves the register in this process.
 *
 * @param onServing Called once, when the server accepts requests. Resolves when it is closed.
 * @param options Those of a worker, besides the settings; `backend` if the embedded database is being opened already.
 * @throws StartError.
 */
export async function runInstance(
  config: Config,
  { log, close: closeLog }: OpenLog,
  onServing: (server: RunningServer) => Promise<void>,
  { backend, ...options }: InstanceOptions = {},
): Promise<void> {
  const { host, port, storage } = config;
  const endTracing = config.tracing
    ? await (await import('../server/observability/tracing.js')).startTracing(config.tracing)
    : undefined;
  // Before the database is opened: an embedded one is opened in its thread meanwhile.
  const schema = await schemaFor(config.access);
  const database = await openDatabase(storage, { snapshot, backend, limits: config.databaseLimits });
  ignoreOrphanedErrors();
  try {
    await prepare(database, storage, log);
    await onServing(await serve(database, host, port, log, { ...config, ...options, schema }));
  } finally {
    await database.close();
    await endTracing?.();
    await closeLog();
  }
}

/** Closes a server, and ends the process with code 1 if that takes too long. */
export function closeInTime(server: RunningServer, { shutdownDelay }: Config, { log, close }: OpenLog): Promise<void> {
  setTimeout(async () => {
    log('the stop took too long and was cut off');
    await close();
    process.exit(1);
  }, shutdownDelay + SHUTDOWN_TIMEOUT_MS).unref();
  return server.close();
}

/**
 * Resolves on the first SIGINT or SIGTERM. Further ones have no effect: a Ctrl-C reaches the server from the terminal and once
 * more from npm, and the second would cut off the requests in flight.
 */
export function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

/** Returns the line for the operator once all requests are accepted. */
export function readyLine(url: string, storage: Storage, workers: number): string {
  const parts = [`storage ${nameOf(storage)}`, ...(workers > 1 ? [`${workers} workers`] : [])];
  return `stedenband: GraphQL and GraphiQL at ${url}/graphql, health at ${url}/health/ready, ${parts.join(', ')}`;
}

/** Says how pages of other origins are admitted, if none are. */
export function logOrigins({ protection }: Config, { log }: OpenLog): void {
  if (protection.allowedOrigins.length === 0) log.info?.(OTHER_ORIGINS);
}

const OTHER_ORIGINS =
  'browsers may use the API from its own pages only: ALLOWED_ORIGINS=localhost admits all pages of this machine, ALLOWED_ORIGINS=https://example.org those of a site';

/** Migrates and seeds an embedded database. A PostgreSQL is migrated and seeded by its operator. */
async function prepare(database: Database, storage: Storage, warn: (text: string) => void): Promise<void> {
  if (storage.kind === 'postgresql') return requireMigrations(database, warn);
  await migrate(database, warn);
  if (!(await isEmpty(database))) return;
  const { seed } = await import('../database/seed/command.js');
  await seed(database);
}

/** Names the storage for the operator, without the URL, which may contain a password. */
function nameOf(storage: Storage): string {
  return storage.kind === 'postgresql' ? 'postgresql' : `embedded in ${storage.directory ?? 'memory'}`;
}
