import { Counter, Gauge } from 'prom-client';
import { registers } from './metrics.js';

const deliveries = new Counter({
  name: 'stedenband_webhook_requests_total',
  help: 'Requests to receivers of webhooks, by kind and by result: accepted, refused, throttled, timed_out, ….',
  labelNames: ['kind', 'result'],
  registers,
});

/** The state of the webhooks that an instance delivers to. */
export interface ObservedWebhooks {
  /** The number of changes after the position of each webhook. */
  lags(): number[];
  /** The number of webhooks whose last attempt failed. */
  failing(): number;
}

const senders = new Set<ObservedWebhooks>();

new Gauge({
  name: 'stedenband_webhooks',
  help: 'Webhooks that this instance delivers to; 0 on all instances but one.',
  registers,
  collect() {
    this.set([...senders].reduce((sum, sender) => sum + sender.lags().length, 0));
  },
});
new Gauge({
  name: 'stedenband_webhooks_failing',
  help: 'Webhooks of this instance whose last attempt failed.',
  registers,
  collect() {
    this.set([...senders].reduce((sum, sender) => sum + sender.failing(), 0));
  },
});
new Gauge({
  name: 'stedenband_webhook_lag_changes',
  help: 'Changes in the log after the position of the webhook that is furthest behind; 0 without webhooks.',
  aggregator: 'max',
  registers,
  collect() {
    this.set(Math.max(0, ...[...senders].flatMap(sender => sender.lags())));
  },
});

/** Adds a sender to the gauges. Returns the function that removes it. */
export function observeWebhooks(sender: ObservedWebhooks): () => void {
  senders.add(sender);
  return () => senders.delete(sender);
}

/** Counts a request to a receiver. */
export function countWebhookRequest(kind: string, result: string): void {
  deliveries.inc({ kind: kind.toLowerCase(), result: result.toLowerCase() });
}
