import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Histogram } from '../../src/server/observability/histogram.js';
import { OperationDurations } from '../../src/server/observability/operation-durations.js';

function open() {
  const registry = new Registry();
  const clock = { now: 0 };
  const histogram = new Histogram({ name: 'seconds', help: 'Duration.', buckets: [1], registry });
  const durations = new OperationDurations(histogram, () => clock.now);
  /** Returns the counts by operation name. A name that comes twice fails, as it fails a scrape. */
  const counts = async () => {
    const text = await registry.metrics();
    const lines = [...text.matchAll(/^seconds_count\{operation="(.*)"\} (\d+)$/gm)];
    const byName = Object.fromEntries(lines.map(([, name, count]) => [name, Number(count)]));
    expect(lines).toHaveLength(Object.keys(byName).length);
    return byName;
  };
  return { durations, clock, counts };
}

test('an operation with the name "other" shares the series of all others', async () => {
  const { durations, counts } = open();
  durations.reserve('other');
  durations.observe('other', 0.1);
  expect(await counts()).toEqual({ other: 1 });
});

test('names that nobody sends any more give their places to new ones', async () => {
  const { durations, clock, counts } = open();
  for (let i = 0; i < 100; i += 1) durations.observe(`Stranger${i}`, 0.1);
  durations.observe('Late', 0.1);
  expect(await counts()).toMatchObject({ other: 1, Stranger0: 1 });
  clock.now += 3_000_000;
  durations.observe('Stranger0', 0.1);
  clock.now += 1_000_000;
  durations.observe('Late', 0.1);
  const after = await counts();
  expect(after).toMatchObject({ other: 1, Stranger0: 2, Late: 1 });
  expect(Object.keys(after)).toHaveLength(101);
});

test('the names of trusted documents have a series however many others there are', async () => {
  const { durations, counts } = open();
  durations.reserve('Map');
  for (let i = 0; i < 150; i += 1) durations.observe(`Stranger${i}`, 0.1);
  durations.observe('Map', 0.1);
  expect(await counts()).toMatchObject({ other: 50, Map: 1 });
});

test('a label is at most 64 bytes long', async () => {
  const { durations, counts } = open();
  durations.observe('A'.repeat(5_000), 0.1);
  expect(await counts()).toEqual({ other: 0, ['A'.repeat(64)]: 1 });
});
