import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { createLogger } from '../server/observability/logger.js';
import { type RenderedMetrics, readMetrics } from '../server/observability/render-metrics.js';
import { Channel, type Message } from './channel.js';
import { closeInTime, runInstance } from './instance.js';
import { RemoteCounters } from './remote-counters.js';

/** Limits the wait for the primary to take the last metrics. */
const METRICS_TIMEOUT_MS = 500;

/**
 * Runs a worker: it serves connections that the primary passes to it, until the primary ends it. If the primary ends, Node
 * ends its workers.
 *
 * @param id Part of each line of its log.
 */
export async function runWorker(config: Config, id: number): Promise<void> {
  const orders = { stop: order(), drain: order() };
  // A terminal sends these to all processes of its group: the primary decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('SIGTERM', orders.stop.receive);
  // With a callback a primary that has ended is no error.
  const channel = new Channel(message => process.send?.(message, undefined, {}, () => undefined), {
    readMetrics,
    ping: () => true,
    end: (how: 'stop' | 'drain') => orders[how].receive(),
  });
  process.on('message', (message: Message) => channel.receive(message));
  const openLog = createLogger(config.logLevel, undefined, { worker: id });
  await runInstance(
    config,
    openLog,
    async server => {
      channel.notify('ready', server.url);
      const stopped = orders.stop.received.then(() => closeInTime(server, config, openLog));
      await Promise.race([stopped, orders.drain.received.then(() => server.drain())]);
    },
    {
      counters: new RemoteCounters(channel, config.workers),
      renderMetrics: () => channel.call<RenderedMetrics>('renderMetrics'),
    },
  );
  await Promise.race([channel.call('recordMetrics', await readMetrics()), sleep(METRICS_TIMEOUT_MS)]);
  process.exit(0);
}

/** An order of the primary, which resolves a promise. */
function order(): { received: Promise<void>; receive: () => void } {
  let receive = () => {};
  const received = new Promise<void>(resolve => {
    receive = resolve;
  });
  return { received, receive };
}
