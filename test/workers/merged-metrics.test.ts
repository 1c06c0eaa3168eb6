import { expect, test } from 'vitest';
import type { ProcessMetrics } from '../../src/server/observability/render-metrics.js';
import { MergedMetrics } from '../../src/workers/merged-metrics.js';

/** A worker with two metrics, a counter and a gauge. */
class MeasuredWorker {
  isReady = true;
  counter = 0;
  gauge = 0;

  constructor(readonly id: number) {}

  async readMetrics(): Promise<ProcessMetrics> {
    const metric = (name: string, type: string, value: number) => ({
      name,
      help: 'Test.',
      type,
      aggregator: 'sum',
      values: [{ value, labels: {} }],
    });
    const metrics = [metric('test_total', 'counter', this.counter), metric('test', 'gauge', this.gauge)];
    return metrics as unknown as ProcessMetrics;
  }
}

test('a worker that ends is read until its end, and its counts stay in the sums, once', async () => {
  const [ending, other] = [new MeasuredWorker(1), new MeasuredWorker(2)];
  const running = [ending, other];
  const metrics = new MergedMetrics(() => running);
  const samples = async () => (await metrics.render()).text.match(/^(?:test\S*|stedenband_workers) \d+$/gm)?.sort();
  [ending.counter, ending.gauge, other.counter, other.gauge] = [4, 4, 10, 10];
  expect(await samples()).toEqual(['stedenband_workers 2', 'test 14', 'test_total 14']);

  // It finishes its requests.
  ending.isReady = false;
  [ending.counter, ending.gauge] = [5, 0];
  expect(await samples()).toEqual(['stedenband_workers 1', 'test 10', 'test_total 15']);

  ending.counter = 6;
  metrics.record(1, await ending.readMetrics());
  expect(await samples()).toEqual(['stedenband_workers 1', 'test 10', 'test_total 16']);

  running.shift();
  metrics.retire(1);
  expect(await samples()).toEqual(['stedenband_workers 1', 'test 10', 'test_total 16']);
});
