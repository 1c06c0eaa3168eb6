import { run } from './commands/run.js';
import { shownConfig } from './config/check.js';
import { readConfig } from './config/config.js';
import { createLogger } from './server/observability/logger.js';
import { closeInTime, logOrigins, readyLine, runInstance, stopSignal } from './workers/instance.js';

await run(
  async () => {
    if (process.argv.includes('--check')) {
      console.log(shownConfig(process.env));
      return;
    }
    const config = readConfig(process.env);
    if (config.workers > 1) return (await import('./workers/run-workers.js')).runWorkers(config);
    const { storage } = config;
    const openLog = createLogger(config.logLevel);
    await runInstance(config, openLog, async server => {
      logOrigins(config, openLog);
      console.log(readyLine(server.url, storage, 1));
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopSignal();
      await closeInTime(server, config, openLog);
    });
    // Lines that standard error does not take would keep the process alive.
    process.exit(0);
  },
  { options: ['--check'] },
);
