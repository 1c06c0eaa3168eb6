import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  const rate = { perAddress: 100, perKey: undefined, store: 'memory' as const };
  server = await openTestServer({ protection: { ...UNBOUNDED, rate } });
});
afterAll(() => server?.close());

test('a reconciliation query costs what a search costs, and a spent budget is refused', async () => {
  const ask = (queries: unknown) =>
    fetch(`${server.url}/reconcile?${new URLSearchParams({ queries: JSON.stringify(queries) })}`);
  const costs = [
    await ask({ q0: { query: 'Delft', type: 'Authority' } }),
    await ask({ q0: { query: 'Delft' }, q1: { query: 'Oss', type: 'Authority' } }),
    await ask({ q0: { query: 'Delft', type: 'City' } }),
  ].map(({ status, headers }) => [status, headers.get('x-graphql-cost'), headers.get('ratelimit-remaining')]);
  expect(costs).toEqual([
    [200, '10', '90'],
    [200, '50', '40'],
    [400, null, '39'],
  ]);
  const refused = await ask({ q0: { query: 'Delft' } });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
});
