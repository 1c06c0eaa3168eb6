import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MessageRateLimiter } from '../../src/server/subscriptions/message-rate-limit.js';

const MESSAGES = 300;
const WINDOW_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a clock that is set back does not make the window of a socket longer', () => {
  const limiter = new MessageRateLimiter();
  for (let i = 0; i < MESSAGES; i += 1) expect(limiter.tryAcquire()).toBe(true);
  expect(limiter.tryAcquire()).toBe(false);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(WINDOW_MS);
  expect(limiter.tryAcquire()).toBe(true);
});
