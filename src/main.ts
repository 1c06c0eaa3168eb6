import { run } from './commands/run.js';
import { readConfig, type Storage, shownConfig } from './config/config.js';
import { migrate, requireMigrations } from './database/migrate.js';
import { type Database, openDatabase } from './database/open.js';
import { isEmpty, seed } from './database/seed/command.js';
import { snapshot } from './database/snapshot.js';
import { createLogger } from './server/observability/logger.js';
import { serve } from './server/serve.js';

/** A stop that takes longer than this is cut off, in milliseconds: a database that hangs must not hang the process. */
const STOP_TIMEOUT_MS = 9_500;

await run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    const { host, port, storage, shutdownDelay } = config;
    const endTracing = config.tracing
      ? await (await import('./server/observability/tracing.js')).startTracing()
      : undefined;
    const database = await openDatabase(storage, snapshot, config.databaseLimits);
    const { log, close: closeLog } = createLogger(config.logLevel);
    try {
      await prepare(database, storage);
      const serving = await serve(database, host, port, log, config);
      console.log(`stedenband: GraphQL and GraphiQL at ${serving.url}/graphql, health at ${serving.url}/health/ready`);
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopSignal();
      setTimeout(() => {
        log('the stop took too long and was cut off');
        closeLog();
        process.exit(1);
      }, shutdownDelay + STOP_TIMEOUT_MS).unref();
      await serving.close();
    } finally {
      await database.close();
      await endTracing?.();
      closeLog();
    }
  },
  { options: ['--check'] },
);

/** Brings an embedded database to the newest migration and fills it; one on PostgreSQL belongs to its operator. */
async function prepare(database: Database, storage: Storage): Promise<void> {
  if (storage.kind === 'postgresql') return requireMigrations(database);
  await migrate(database);
  if (await isEmpty(database)) await seed(database);
}

/** Settles when the operator asks the process to stop. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
