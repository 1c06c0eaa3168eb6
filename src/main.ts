import { run } from './commands/run.js';
import { readConfig } from './config.js';
import { migrate, requireMigrations } from './database/migrate.js';
import { openDatabase } from './database/open.js';
import { isEmpty, seed } from './database/seed/command.js';
import { serve } from './server/serve.js';

await run(async () => {
  const { host, port, storage, ...options } = readConfig(process.env);
  const database = await openDatabase(storage);
  try {
    if (storage.kind === 'embedded') {
      await migrate(database);
      if (await isEmpty(database)) await seed(database);
    } else {
      await requireMigrations(database);
    }
    const serving = await serve(database, host, port, console.error, options);
    console.log(`stedenband: GraphQL and GraphiQL at ${serving.url}/graphql, health at ${serving.url}/health/ready`);
    if (storage.kind === 'embedded' && storage.directory) {
      console.error(
        'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
      );
    }
    await stopSignal();
    await serving.close();
  } finally {
    await database.close();
  }
});

/** Settles when the operator asks the process to stop. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
