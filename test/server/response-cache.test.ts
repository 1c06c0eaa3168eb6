import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ResponseCache } from '../../src/server/cache/response-cache.js';
import { testApi } from '../support/api.js';

const { service } = testApi();

test('while the database is unavailable, no response is served that a write has made invalid', async () => {
  const cache = new ResponseCache(service().changes, 1_000_000);
  const em = service().fork();
  await cache.getOrCompute('organisations', em, async () => {
    await queryRows(em, sql`select id from organisation limit 1`);
    const operation = { documentHash: undefined, operationName: undefined, type: 'query' } as const;
    return { status: 200, headers: {}, body: '{}', encoding: 'latin1', isCacheable: true, cost: 1, operation };
  });
  expect(cache.getStale('organisations')?.body).toBe('{}');
  service().changes.versions.increment(SubjectType.PARTNERSHIP);
  expect(cache.getStale('organisations')?.body).toBe('{}');
  service().changes.versions.increment(SubjectType.ORGANISATION);
  expect(cache.getStale('organisations')).toBeUndefined();
  cache.close();
});
