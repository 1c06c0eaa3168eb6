import { expect, test } from 'vitest';
import { ReplacementPolicy } from '../../src/workers/replacement.js';

test('the first worker that ends is replaced at once, further ones within a minute later and later', () => {
  let now = 0;
  const policy = new ReplacementPolicy(() => now);
  const delays = [0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000];
  expect(delays.map(() => policy.delayAfterExit(true))).toEqual(delays);
  now = 60_000;
  expect(policy.delayAfterExit(true)).toBe(0);
});

test('five workers in a row that were never ready end the replacement', () => {
  const policy = new ReplacementPolicy();
  const fail = (times: number) => Array.from({ length: times }, () => policy.delayAfterExit(false));
  expect(fail(4)).not.toContain(undefined);
  policy.onReady();
  expect(fail(4)).not.toContain(undefined);
  expect(policy.delayAfterExit(true)).toBeDefined();
  expect(fail(5).indexOf(undefined)).toBe(4);
});
