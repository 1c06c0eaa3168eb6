import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ResponseCache } from '../../src/server/cache/response-cache.js';
import { type PreparedResponse, representationOf } from '../../src/server/http/prepared-response.js';
import { testApi } from '../support/api.js';
import { until } from '../support/feed.js';

const { service } = testApi();
// A response is fresh only while the service listens to the database.
beforeAll(() => until('the service listens', () => service().changes.isInSync));

test('while the database is unavailable, no response is served that a write has made invalid', async () => {
  const cache = new ResponseCache(service().changes, 1_000_000);
  const em = service().fork();
  await cache.getOrCompute('organisations', { em }, async () => {
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

test('a response that is computed while the cache is cleared is neither cached nor shared', async () => {
  const cache = new ResponseCache(service().changes, 1_000_000);
  const computed: Partial<PreparedResponse> = {
    status: 200,
    headers: {},
    encoding: 'latin1',
    isCacheable: true,
    cost: 1,
  };
  let finish = () => {};
  const reading = cache.getOrCompute('key', { em: service().fork() }, async () => {
    await new Promise<void>(resolve => {
      finish = resolve;
    });
    return { ...computed, body: 'before' } as PreparedResponse;
  });
  cache.clear();
  const next = cache.getOrCompute('key', { em: service().fork() }, async () => {
    finish();
    return { ...computed, body: 'after' } as PreparedResponse;
  });
  expect((await reading).body).toBe('before');
  expect((await next).body).toBe('after');
  expect(cache.getStale('key')?.body).toBe('after');
  cache.close();
});

test('a request that shares the computation of another one does not get its error', async () => {
  const cache = new ResponseCache(service().changes, 1_000_000);
  const first = cache.getOrCompute('key', { em: service().fork() }, async () => {
    await Promise.resolve();
    throw new Error('The budget of the first client is spent.');
  });
  const second = cache.getOrCompute('key', { em: service().fork() }, async () => {
    return { status: 200, headers: {}, body: 'second', encoding: 'latin1', isCacheable: true, cost: 1 };
  });
  await expect(first).rejects.toThrow('first client');
  expect((await second).body).toBe('second');
  cache.close();
});

describe('compressed forms', () => {
  /** A response that hardly compresses. */
  const prepared = (bytes: number): PreparedResponse => ({
    status: 200,
    headers: {},
    body: randomBytes(bytes / 2).toString('hex'),
    encoding: 'latin1',
    isCacheable: true,
    cost: 1,
  });
  const add = (cache: ResponseCache, key: string, bytes: number) =>
    cache.getOrCompute(key, { em: service().fork() }, async () => prepared(bytes));

  test('are counted, and dropped with the response', async () => {
    const cache = new ResponseCache(service().changes, 1_000_000);
    const response = await add(cache, 'one', 20_000);
    const plain = cache.bytes;
    const forms = [];
    for (const coding of ['gzip', 'br', 'zstd'] as const) {
      const before = cache.bytes;
      const form = await representationOf(response, coding);
      expect(cache.bytes - before).toBeGreaterThan(form.body.length);
      forms.push(form.body.length);
      // The next one asks for the same form.
      expect(representationOf(response, coding)).toBe(form);
    }
    expect(Math.min(...forms)).toBeGreaterThan(9_000);
    cache.clear();
    expect(cache.bytes).toBe(0);
    await add(cache, 'one', 20_000);
    expect(cache.bytes).toBe(plain);
    cache.close();
  });

  test('count towards the limit of the cache: others are dropped for them', async () => {
    const cache = new ResponseCache(service().changes, 1_000_000);
    const responses = [];
    for (let n = 0; n < 40; n += 1) responses.push(await add(cache, `key ${n}`, 20_000));
    expect(responses.every((_, n) => cache.getFresh(`key ${n}`))).toBe(true);
    for (const response of responses) {
      await representationOf(response, 'gzip');
      expect(cache.bytes).toBeLessThanOrEqual(1_000_000);
    }
    const kept = responses.filter((_, n) => cache.getFresh(`key ${n}`)).length;
    expect(kept).toBeGreaterThan(20);
    expect(kept).toBeLessThan(40);
    cache.close();
  });

  test('that would make a response larger than one may be are not kept, but the response is', async () => {
    // One response may be 62,500 bytes.
    const cache = new ResponseCache(service().changes, 1_000_000);
    const response = await add(cache, 'large', 50_000);
    const before = cache.bytes;
    expect((await representationOf(response, 'gzip')).body.length).toBeGreaterThan(20_000);
    expect([cache.bytes, cache.getFresh('large')]).toEqual([before, response]);
    cache.close();
  });

  test('made after a change do not bring an old response back', async () => {
    const cache = new ResponseCache(service().changes, 1_000_000);
    const old = await add(cache, 'key', 20_000);
    cache.clear();
    const current = await add(cache, 'key', 20_000);
    await representationOf(old, 'br');
    expect(cache.getFresh('key')).toBe(current);
    cache.close();
  });
});
