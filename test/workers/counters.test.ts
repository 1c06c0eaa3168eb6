import { expect, test, vi } from 'vitest';
import { RateLimitError } from '../../src/limits/budget.js';
import { LocalCounters } from '../../src/limits/counters.js';
import { Channel } from '../../src/workers/channel.js';
import { RemoteCounters } from '../../src/workers/remote-counters.js';
import { WorkerCounters } from '../../src/workers/worker-counters.js';

/** Connects a worker to the counters of a primary. Messages are JSON, as between processes. */
function connect(primary: LocalCounters) {
  const counted = new WorkerCounters(primary);
  const copy = <T>(message: T): T => JSON.parse(JSON.stringify(message));
  const ofPrimary: Channel = new Channel(message => ofWorker.receive(copy(message)), counted.methods);
  const ofWorker: Channel = new Channel(message => ofPrimary.receive(copy(message)), {});
  return { counters: new RemoteCounters(ofWorker, 2), channel: ofWorker, end: () => counted.end() };
}

test('two workers share the points of a client, and a refusal has its budget', async () => {
  const primary = new LocalCounters();
  const [first, second] = [connect(primary), connect(primary)].map(({ counters }) => counters.limiter('key', 10, 60));
  expect(first?.points).toBe(10);
  expect((await first?.consume('client', 6))?.remaining).toBe(4);
  const refusal = await second?.consume('client', 5).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(RateLimitError);
  expect((refusal as RateLimitError).budget).toMatchObject({ limit: 10, remaining: 4 });
  // A refusal takes no points.
  expect((await second?.consume('client', 4))?.remaining).toBe(0);
  expect((await second?.consume('other', 10))?.remaining).toBe(0);
});

test('two workers share the places of a client; a worker that ends releases its own', async () => {
  const primary = new LocalCounters();
  const [first, second] = [connect(primary), connect(primary)];
  const [ofOne, ofTwo] = [first.counters.quota('sockets', 2), second.counters.quota('sockets', 2)];
  const release = await ofOne.acquire('client');
  await ofOne.acquire('client');
  expect([await ofTwo.acquire('client'), await ofTwo.isUsedUp('client')]).toEqual([undefined, true]);
  expect(await ofTwo.acquire('other')).toBeDefined();

  const waiting = ofTwo.acquireWithin('client', 60_000);
  release?.();
  release?.();
  expect(await waiting).toBeDefined();
  expect(await ofOne.isUsedUp('client')).toBe(true);

  first.end();
  expect(await ofTwo.isUsedUp('client')).toBe(false);
  // A place that is granted to a worker that has ended is free again.
  expect(await ofOne.acquire('client')).toBeUndefined();
  expect(await ofTwo.isUsedUp('client')).toBe(false);
});

test('a call to a process that has ended is rejected', async () => {
  const { channel, counters } = connect(new LocalCounters());
  const pending = counters.quota('sockets', 1).acquire('client');
  channel.close(new Error('ended'));
  await expect(pending).rejects.toThrow('ended');
  await expect(channel.call('isUsedUp')).rejects.toThrow('ended');
});

test('a message that arrives after the end of its sender is ignored', () => {
  const called = vi.fn();
  const channel = new Channel(() => undefined, { method: called });
  const message = { packets: [{ call: 'method', args: [] }] };
  channel.receive(message);
  channel.close(new Error('ended'));
  channel.receive(message);
  expect(called).toHaveBeenCalledTimes(1);
});
