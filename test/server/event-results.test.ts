import { expect, test } from 'vitest';
import { EventResults, GroupResults } from '../../src/server/subscriptions/event-results.js';

const change = (id: number) => ({ id, mark: String(id) });
const settled = () => new Promise(resolve => setImmediate(resolve));

test('a result is computed once, and dropped when the last subscriber of its group has it', async () => {
  const all = new EventResults();
  const group = new GroupResults(all);
  let computed = 0;
  const compute = async () => {
    computed += 1;
    return { json: Buffer.alloc(10_000), cost: 1, cursor: '' };
  };
  const positions = [0, 0, 0];
  for (const _ of positions) group.join();
  const next = (subscriber: number, id: number) => {
    const result = group.take(change(id), positions[subscriber] as number, compute);
    positions[subscriber] = id;
    return result;
  };
  await Promise.all([next(0, 1), next(1, 1)]);
  await next(0, 2);
  await settled();
  expect([computed, all.bytes > 20_000]).toEqual([2, true]);
  expect((await next(2, 1)).json).toHaveLength(10_000);
  expect([computed, all.bytes < 12_500]).toEqual([2, true]);
  await Promise.all([next(1, 2), next(2, 2)]);
  expect([computed, all.bytes]).toEqual([2, 0]);
  await next(0, 3);
  group.leave(positions[1] as number);
  expect(all.bytes).toBeGreaterThan(0);
  group.leave(positions[2] as number);
  expect(all.bytes).toBe(0);
});

test('results of all groups together have a limit in bytes: the oldest is computed again', async () => {
  const all = new EventResults(1_000_000);
  const groups = [new GroupResults(all), new GroupResults(all)];
  for (const group of groups) {
    // The first of the group never reads.
    group.join();
    group.join();
  }
  let computed = 0;
  const compute = async () => {
    computed += 1;
    return { json: Buffer.alloc(100_000), cost: 1, cursor: '' };
  };
  for (let id = 1; id <= 20; id += 1) {
    for (const group of groups) await group.take(change(id), id - 1, compute);
    await settled();
    expect(all.bytes).toBeLessThanOrEqual(1_000_000);
  }
  expect(computed).toBe(40);
  await groups[0]?.take(change(1), 0, compute);
  expect(computed).toBe(41);
});

test('a result that fails is not stored', async () => {
  const all = new EventResults();
  const group = new GroupResults(all);
  group.join();
  group.join();
  await expect(group.take(change(1), 0, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await settled();
  expect(all.bytes).toBe(0);
});
