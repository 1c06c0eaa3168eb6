import type { Config } from '../config/config.js';
import { EmbeddedBackend } from '../database/embedded/backend.js';
import { snapshot } from '../database/snapshot.js';

/**
 * Serves the register in this process alone until SIGINT or SIGTERM.
 *
 * @throws StartError.
 */
export async function runSingle(config: Config): Promise<void> {
  const { storage } = config;
  // The server is loaded while the database is opened in its thread.
  const backend = storage.kind === 'embedded' ? await EmbeddedBackend.begin(storage.directory, snapshot) : undefined;
  const { createLogger } = await import('../server/observability/logger.js');
  const { closeInTime, logOrigins, readyLine, runInstance, stopSignal } = await import('./instance.js');
  const openLog = createLogger(config.logLevel);
  await runInstance(
    config,
    openLog,
    async server => {
      // Before the line that tells others that it serves: until then a signal ends the process as it is.
      const stopped = stopSignal();
      logOrigins(config, openLog);
      console.log(readyLine(server.url, storage, 1));
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopped;
      await closeInTime(server, config, openLog);
    },
    { backend },
  );
}
