import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_UNANSWERED_PINGS, watchLiveness } from '../../src/workers/liveness.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ping = vi.fn<() => Promise<unknown>>();
const onHang = vi.fn();
beforeEach(() => vi.resetAllMocks());

const nextPings = (count: number) => vi.advanceTimersByTimeAsync(count * 2_000);

test('a worker that answers late, or answered some pings, does not hang', async () => {
  const late: (() => void)[] = [];
  ping.mockImplementation(() => new Promise(resolve => late.push(() => resolve(true))));
  watchLiveness(ping, onHang);
  for (let round = 0; round < 3; round += 1) {
    await nextPings(MAX_UNANSWERED_PINGS);
    late.shift()?.();
  }
  await nextPings(MAX_UNANSWERED_PINGS);
  expect(onHang).not.toHaveBeenCalled();
});

test('a worker that answers no ping hangs, which is told once', async () => {
  ping.mockReturnValue(new Promise(() => undefined));
  watchLiveness(ping, onHang);
  await nextPings(3 * MAX_UNANSWERED_PINGS);
  expect(onHang).toHaveBeenCalledOnce();
  expect(ping).toHaveBeenCalledTimes(MAX_UNANSWERED_PINGS);
});

test('a worker that has ended is not pinged', async () => {
  ping.mockRejectedValue(new Error('The worker has ended.'));
  const end = watchLiveness(ping, onHang);
  await nextPings(3);
  expect(ping).toHaveBeenCalledOnce();
  end();

  ping.mockResolvedValue(true);
  watchLiveness(ping, onHang)();
  await nextPings(3);
  expect(ping).toHaveBeenCalledOnce();
});
