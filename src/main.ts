import { run } from './commands/run.js';
import { shownConfig } from './config/check.js';
import { readConfig } from './config/config.js';
import { EmbeddedBackend } from './database/embedded/backend.js';
import { snapshot } from './database/snapshot.js';
import type { RunningServer } from './server/serve.js';

await run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    if (config.workers > 1) return (await import('./workers/run-workers.js')).runWorkers(config);
    const { storage } = config;
    // The server is loaded while the database is opened in its thread.
    const backend = storage.kind === 'embedded' ? await EmbeddedBackend.begin(storage.directory, snapshot) : undefined;
    const { createLogger } = await import('./server/observability/logger.js');
    const { closeInTime, logOrigins, readyLine, runInstance, stopSignal } = await import('./workers/instance.js');
    const openLog = createLogger(config.logLevel);
    const onServing = async (server: RunningServer) => {
      logOrigins(config, openLog);
      console.log(readyLine(server.url, storage, 1));
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopSignal();
      await closeInTime(server, config, openLog);
    };
    await runInstance(config, openLog, onServing, { backend });
    // Lines that standard error does not take would keep the process alive.
    process.exit(0);
  },
  { options: ['--check'] },
);
