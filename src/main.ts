import { run } from './commands/run.js';
import { shownConfig } from './config/check.js';
import { readConfig, type Storage } from './config/config.js';
import { migrate, requireMigrations } from './database/migrate.js';
import { type Database, openDatabase } from './database/open.js';
import { isEmpty, seed } from './database/seed/command.js';
import { snapshot } from './database/snapshot.js';
import { ignoreOrphanedErrors } from './server/graphql/orphaned-errors.js';
import { createLogger } from './server/observability/logger.js';
import { serve } from './server/serve.js';

/** Limits the time of a shutdown: a database that does not respond must not block the exit of the process. */
const SHUTDOWN_TIMEOUT_MS = 8_500;

const OTHER_ORIGINS =
  'browsers may use the API from its own pages only: ALLOWED_ORIGINS=localhost admits all pages of this machine, ALLOWED_ORIGINS=https://example.org those of a site';

await run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    const { host, port, storage, shutdownDelay } = config;
    const endTracing = config.tracing
      ? await (await import('./server/observability/tracing.js')).startTracing(config.tracing)
      : undefined;
    const database = await openDatabase(storage, snapshot, config.databaseLimits);
    const { log, close: closeLog } = createLogger(config.logLevel);
    ignoreOrphanedErrors();
    try {
      await prepare(database, storage);
      const server = await serve(database, host, port, log, config);
      if (config.protection.allowedOrigins.length === 0) log.info?.(OTHER_ORIGINS);
      console.log(
        `stedenband: GraphQL and GraphiQL at ${server.url}/graphql, health at ${server.url}/health/ready, storage ${nameOf(storage)}`,
      );
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopSignal();
      setTimeout(async () => {
        log('the stop took too long and was cut off');
        await closeLog();
        process.exit(1);
      }, shutdownDelay + SHUTDOWN_TIMEOUT_MS).unref();
      await server.close();
    } finally {
      await database.close();
      await endTracing?.();
      await closeLog();
    }
    // Lines that standard error does not take would keep the process alive.
    process.exit(0);
  },
  { options: ['--check'] },
);

/** Migrates and seeds an embedded database. A PostgreSQL is migrated and seeded by its operator. */
async function prepare(database: Database, storage: Storage): Promise<void> {
  if (storage.kind === 'postgresql') return requireMigrations(database);
  await migrate(database);
  if (await isEmpty(database)) await seed(database);
}

/** Names the storage for the operator, without the URL, which may contain a password. */
function nameOf(storage: Storage): string {
  return storage.kind === 'postgresql' ? 'postgresql' : `embedded in ${storage.directory ?? 'memory'}`;
}

/** Resolves on the first SIGINT or SIGTERM. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
