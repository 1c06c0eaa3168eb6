import type { Logger } from '../../src/server/observability/logger.js';
import { type OperationsOptions, type RunningServer, serve } from '../../src/server/serve.js';
import type { ServiceOptions } from '../../src/server/service.js';
import { openTestDatabase } from './database.js';
import { UNBOUNDED } from './protection.js';

/** A server over HTTP on a free port of loopback, with a register of its own. */
export async function openTestServer(
  options: ServiceOptions & OperationsOptions = {},
  logger: Logger = console.error,
): Promise<RunningServer> {
  const database = await openTestDatabase();
  const serving = await serve(database, '127.0.0.1', 0, logger, { protection: UNBOUNDED, ...options });
  return {
    ...serving,
    close: async () => {
      await serving.close();
      await database.close();
    },
  };
}
