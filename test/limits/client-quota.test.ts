import { expect, test } from 'vitest';
import { ClientQuota } from '../../src/limits/client-quota.js';

test('a client that waits gets the place that it releases, and no other client waits for it', async () => {
  const quota = new ClientQuota(1);
  const first = quota.acquire('a');
  const waiting = quota.acquireWithin('a', 60_000);
  expect(quota.acquire('a')).toBeUndefined();
  const other = await quota.acquireWithin('b', 60_000);
  expect(other).toBeTypeOf('function');
  first?.();
  const second = await waiting;
  expect(second).toBeTypeOf('function');
  expect(quota.acquire('a')).toBeUndefined();
  // A second call has no effect.
  first?.();
  expect(quota.acquire('a')).toBeUndefined();
  second?.();
  expect(quota.acquire('a')).toBeTypeOf('function');
});

test('as many wait as there are places; the others are refused at once, and those that wait after the timeout', async () => {
  const quota = new ClientQuota(2);
  const places = [quota.acquire('a'), quota.acquire('a')];
  const waiting = [quota.acquireWithin('a', 30), quota.acquireWithin('a', 60_000)];
  expect(await quota.acquireWithin('a', 60_000)).toBeUndefined();
  expect(await waiting[0]).toBeUndefined();
  places[0]?.();
  expect(await waiting[1]).toBeTypeOf('function');
});
