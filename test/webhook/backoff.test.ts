import { expect, test } from 'vitest';
import { backoffMs, MAX_FAILING_MS, retryAfterMs } from '../../src/webhook/backoff.js';

test('delays grow to six hours, and are spread by a fifth', () => {
  const middle = () => 0.5;
  expect([1, 2, 3, 4].map(attempts => backoffMs(attempts, middle))).toEqual([1_000, 4_000, 16_000, 64_000]);
  expect(backoffMs(9, middle)).toBe(6 * 3_600_000);
  expect(backoffMs(5_000, middle)).toBe(6 * 3_600_000);
  expect([backoffMs(1, () => 0), backoffMs(1, () => 1)]).toEqual([800, 1_200]);
  let time = 0;
  let attempts = 0;
  while (time < MAX_FAILING_MS) time += backoffMs(++attempts, middle);
  expect(attempts).toBeGreaterThan(15);
  expect(attempts).toBeLessThan(25);
});

test('Retry-After is seconds or a date; anything else is none', () => {
  const now = Date.UTC(2026, 10, 26, 12);
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs(' 0 ', now)).toBe(0);
  expect(retryAfterMs('Thu, 26 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('Thu, 26 Nov 2026 11:00:00 GMT', now)).toBe(0);
  for (const text of [undefined, '', '-1', '1.5', 'soon', '2026-11-26', '1e9', '99999999999']) {
    expect(retryAfterMs(text, now), text).toBeUndefined();
  }
});
