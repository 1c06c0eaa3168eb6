import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { expect, test } from 'vitest';
import { RateLimitError } from '../../src/limits/budget.js';
import { PointLimiter } from '../../src/limits/point-limiter.js';

const WINDOW_MS = 50;

/** A store that gives points back after the window in which they were consumed. */
class SlowStore extends RateLimiterMemory {
  override async reward(...args: Parameters<RateLimiterMemory['reward']>) {
    await sleep(2 * WINDOW_MS);
    return super.reward(...args);
  }
}

test('points that are given back after the end of their window are none of the next one', async () => {
  const limiter = new PointLimiter(new SlowStore({ points: 10, duration: WINDOW_MS / 1_000 }), false);
  await expect(limiter.consume('a', 1_000)).rejects.toThrow(RateLimitError);
  expect((await limiter.consume('a', 1)).remaining).toBe(9);
});
