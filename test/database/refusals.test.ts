import { afterEach, expect, test, vi } from 'vitest';
import { refusalOf } from '../../src/commands/refusal.js';

afterEach(() => vi.unstubAllEnvs());

const DIRECT = 'postgresql://localhost/register';

test.each([
  ['a role without a right', '42501', undefined, /; grant the role of DATABASE_URL the right, /],
  [
    'the same with a direct connection',
    '42501',
    DIRECT,
    /; grant the role of DATABASE_URL and DATABASE_DIRECT_URL the /,
  ],
  [
    'no writes with a direct connection',
    '25006',
    DIRECT,
    /; name the primary in DATABASE_URL and DATABASE_DIRECT_URL, /,
  ],
  ['a full disk', '53100', undefined, /^The database did not do it: refused; free space on its disk\.$/],
])('a command is refused with the advice for %s', (_, code, directUrl, sentence) => {
  vi.stubEnv('DATABASE_URL', DIRECT);
  vi.stubEnv('DATABASE_DIRECT_URL', directUrl);
  expect(refusalOf(Object.assign(new Error('refused'), { code }))).toMatch(sentence);
});
