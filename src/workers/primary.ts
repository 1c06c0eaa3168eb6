import cluster from 'node:cluster';
import type { Config } from '../config/config.js';
import { createLogger } from '../server/observability/logger.js';
import { logOrigins, readyLine, SHUTDOWN_TIMEOUT_MS, stopSignal } from './instance.js';
import { Workers } from './workers.js';

/** Comes after the time in which a worker ends itself. */
const KILL_MARGIN_MS = 1_000;

/**
 * Runs the primary of an instance: it opens the port, deals connections out to the workers in turn, counts the limits of
 * clients for all of them, replaces those that end, and all of them on SIGHUP. It ends on SIGINT and SIGTERM.
 */
export async function runPrimary(config: Config): Promise<void> {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const openLog = createLogger(config.logLevel);
  const { log } = openLog;
  let onFailure = () => {};
  const failed = new Promise<void>(resolve => {
    onFailure = resolve;
  });
  const workers = new Workers(config.workers, log, onFailure);
  const stopped = stopSignal();
  const started = workers.start();
  process.on('SIGHUP', () => void started.then(() => workers.reload()));
  const url = await Promise.race([started, stopped.then(() => null)]);
  if (url !== undefined && url !== null) {
    logOrigins(config, openLog);
    console.log(readyLine(url, config.storage, config.workers));
  }
  // Without an address a worker has printed the reason.
  const isFailed = url === undefined || (await Promise.race([stopped.then(() => false), failed.then(() => true)]));
  const allEnded = await workers.stop(config.shutdownDelay + SHUTDOWN_TIMEOUT_MS + KILL_MARGIN_MS);
  await openLog.close();
  process.exit(isFailed || !allEnded ? 1 : 0);
}
