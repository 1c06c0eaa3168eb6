import type { Config } from '../config/config.js';
import { createLogger } from '../server/observability/logger.js';
import { type RenderedMetrics, readMetrics } from '../server/observability/render-metrics.js';
import { Channel, type Message } from './channel.js';
import { closeInTime, runInstance } from './instance.js';
import { RemoteCounters } from './remote-counters.js';

/** Limits the wait for the primary to take the last metrics. */
const RETIRE_TIMEOUT_MS = 500;

/**
 * Runs a worker: it serves connections that the primary passes to it, until it is told to end. If the primary ends, Node
 * ends its workers.
 *
 * @param id Part of each line of its log.
 */
export async function runWorker(config: Config, id: number): Promise<void> {
  const orders = { stop: order(), drain: order() };
  // A terminal sends these to all processes of its group: the primary decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.once('SIGTERM', orders.stop.give);
  // With a callback a primary that has ended is no error.
  const channel = new Channel(message => process.send?.(message, undefined, {}, () => undefined), {
    readMetrics,
    end: (how: 'stop' | 'drain') => orders[how].give(),
  });
  process.on('message', (message: Message) => channel.receive(message));
  const openLog = createLogger(config.logLevel, undefined, { worker: id });
  await runInstance(
    config,
    openLog,
    async server => {
      channel.notify('ready', server.url);
      const stopped = orders.stop.given.then(() => closeInTime(server, config, openLog));
      await Promise.race([stopped, orders.drain.given.then(() => server.drain())]);
    },
    {
      counters: new RemoteCounters(channel, config.workers),
      renderMetrics: () => channel.call<RenderedMetrics>('renderMetrics'),
    },
  );
  await Promise.race([
    channel.call('retire', await readMetrics()),
    new Promise(resolve => setTimeout(resolve, RETIRE_TIMEOUT_MS)),
  ]);
  process.exit(0);
}

/** Something that the worker is told once. */
function order(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>(resolve => {
    give = resolve;
  });
  return { given, give };
}
