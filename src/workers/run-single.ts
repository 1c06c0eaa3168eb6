import type { Config } from '../config/config.js';
import type { EmbeddedBackend } from '../database/embedded/backend.js';
import { createLogger } from '../server/observability/logger.js';
import { closeInTime, logOrigins, readyLine, runInstance, stopSignal } from './instance.js';

/**
 * Serves the register in this process alone until SIGINT or SIGTERM.
 *
 * @param backend The embedded database that is being opened; undefined for PostgreSQL.
 * @throws StartError.
 */
export async function runSingle(config: Config, backend: EmbeddedBackend | undefined): Promise<void> {
  const { storage } = config;
  const openLog = createLogger(config.logLevel);
  await runInstance(
    config,
    openLog,
    async server => {
      logOrigins(config, openLog);
      console.log(readyLine(server.url, storage, 1));
      if (storage.kind === 'embedded' && storage.directory) {
        console.error(
          'The embedded database survives a killed process, not a power cut; use PostgreSQL where that matters.',
        );
      }
      await stopSignal();
      await closeInTime(server, config, openLog);
    },
    { backend },
  );
}
