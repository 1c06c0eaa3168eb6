import { readFileSync } from 'node:fs';
import { Gauge } from 'prom-client';
import { feedLag } from '../../change/feed-lag.js';
import { root, type Storage } from '../../config/config.js';
import { type ObservedCapacity, registerCapacity } from './capacity-metrics.js';
import { type CheckedService, shareResult } from './health.js';
import { collectProcessMetrics, registers } from './metrics.js';
import { observeReplicas, type ReplicatedService } from './replica-metrics.js';

/** The parts of a service that the gauges read. */
interface ObservedService extends CheckedService, ObservedCapacity, ReplicatedService {
  storage: Storage['kind'];
}

/** The services that the gauges read at a scrape. Tests run several in a process. */
const services = new Set<ObservedService>();

registerCapacity(registers, services);
observeReplicas(registers, () => [...services].flatMap(({ replicas }) => replicas?.states ?? []));

/** Version of this installation. */
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };

/** The gauges of one scrape share a look at the log. */
const LAG_TTL_MS = 100;
const feedLags = shareResult(() => Promise.all([...services].map(feedLag)), LAG_TTL_MS);

new Gauge({
  name: 'stedenband_subscribers',
  help: 'Open subscriptions to the feed of changes.',
  registers,
  collect() {
    this.set([...services].reduce((sum, { changes }) => sum + changes.size, 0));
  },
});
new Gauge({
  name: 'stedenband_listen_heard',
  help: '1 while this instance is notified of the changes of others, which the response cache needs; else 0.',
  aggregator: 'min',
  registers,
  collect() {
    this.set([...services].every(({ changes }) => changes.isListening) ? 1 : 0);
  },
});
new Gauge({
  name: 'stedenband_feed_lag_changes',
  help: 'Changes in the log not yet sent to the subscribers of this instance; absent while the database is unavailable.',
  aggregator: 'max',
  registers,
  async collect() {
    const lags = await feedLags();
    this.reset();
    if (lags.every(lag => lag !== undefined)) this.set(Math.max(0, ...lags));
    else this.remove();
  },
});
new Gauge({
  name: 'stedenband_database_up',
  help: '1 if the database answered this scrape within a second; else 0.',
  aggregator: 'min',
  registers,
  async collect() {
    this.set((await feedLags()).every(lag => lag !== undefined) ? 1 : 0);
  },
});
new Gauge({
  name: 'stedenband_read_only',
  help: '1 if the database accepts no writes of this instance; else 0. Absent while it does not answer.',
  aggregator: 'max',
  registers,
  async collect() {
    // After the look at the log: two statements of a scrape could wait for each other, and count as waiting callers. A
    // second wait for a database that does not answer would exceed the limit for the metrics of a worker.
    const isUnavailable = (await feedLags()).includes(undefined);
    const checks = isUnavailable ? [] : [...services].map(service => service.isReadOnly());
    const answers = await Promise.all(checks);
    this.reset();
    if (isUnavailable || answers.includes(undefined)) this.remove();
    else this.set(answers.includes(true) ? 1 : 0);
  },
});
new Gauge({
  name: 'stedenband_build_info',
  help: 'Always 1; its labels are the versions of this server and of Node.js.',
  aggregator: 'max',
  labelNames: ['version', 'node'],
  registers,
}).set({ version, node: process.versions.node }, 1);
new Gauge({
  name: 'stedenband_storage_info',
  help: 'Always 1; its label is the storage of the register: embedded or postgresql.',
  aggregator: 'max',
  labelNames: ['storage'],
  registers,
  collect() {
    this.reset();
    for (const { storage } of services) this.set({ storage }, 1);
  },
});

/** Adds a service to the gauges, and collects the metrics of the process. Returns the function that removes it. */
export function registerService(service: ObservedService): () => void {
  collectProcessMetrics();
  services.add(service);
  return () => services.delete(service);
}
