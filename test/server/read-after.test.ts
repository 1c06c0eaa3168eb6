import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeCursor, type LogPosition } from '../../src/change/cursor.js';
import { copyOnPostgreSql } from '../support/database.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { get, NOTES, post, readsOf, revise, stream } from '../support/past.js';

let address: string;
let here: Feed;
let there: Feed;
const url = () => there.url;

beforeAll(async () => {
  address = await copyOnPostgreSql();
  here = await openFeed(address);
  there = await openFeed(address, console.error, { cacheBytes: 4_000_000 });
  await revise(here.url, 'at first');
});
afterAll(() => Promise.all([here?.close(), there?.close()]));

const readAfter = (cursor: string) => ({ 'register-read-after': cursor });
const file = (headers: Record<string, string>) => fetch(`${url()}/export/partnerships.ndjson`, { headers });

describe('after a write on another instance', () => {
  test('fifty answers have it, although earlier ones are cached', async () => {
    for (let i = 0; i < 50; i += 1) {
      const notes = `write ${i}`;
      await post(url(), { query: NOTES });
      const { cursor } = await revise(here.url, notes);
      const { status, headers, body } = await post(url(), { query: NOTES, headers: readAfter(cursor) });
      expect([status, body.data?.partnership.notes]).toEqual([200, notes]);
      expect(headers.get('register-cursor')).toBe(cursor);
    }
  });

  test('a request that is refused as a whole shows no state of the register', async () => {
    const { cursor } = await revise(here.url, 'before the refusals');
    const wrong = {
      query: 'query ($first: Int) { partnerships(first: $first) { totalCount } }',
      variables: { first: '' },
    };
    const refused = [
      await post(url(), { query: '{ nonsense }' }),
      await post(url(), wrong),
      await post(url(), {
        query: 'mutation { withdrawExchange(input: { id: "exch-x", expectedVersion: 1 }) { __typename } }',
      }),
      await get(url(), { query: NOTES, headers: { 'apollo-require-preflight': '' } }),
      await get(url(), { ...wrong, search: { knownAt: cursor } }),
    ];
    for (const { status, headers, body } of refused) {
      expect([status >= 400, body.data, body.extensions?.register]).toEqual([true, undefined, undefined]);
      expect([headers.get('register-cursor'), headers.get('register-known-at')]).toEqual([null, null]);
    }
  });

  test('so have a GET, a stream and an export', async () => {
    const { cursor } = await revise(here.url, 'for all');
    const answers = [
      await get(url(), { query: NOTES, headers: readAfter(cursor) }),
      await stream(url(), { query: NOTES, headers: readAfter(cursor) }),
    ];
    for (const { body } of answers) expect(body.data.partnership.notes).toBe('for all');
    expect(await (await file(readAfter(cursor))).text()).toContain('for all');
  });
});

describe('a change that is not committed yet', () => {
  /** Writes a change in an open transaction. */
  async function openChange(): Promise<{ position: LogPosition; end: (how: 'commit' | 'rollback') => Promise<void> }> {
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query('begin');
    const { rows } = await client.query<LogPosition>(
      `with c as (insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
         values ('REVISED', 'test', 'ORGANISATION', 'org-none', 1, '{}', '[]') returning id, mark)
       select id, mark, pg_notify('stedenband_change', id::text) from c`,
    );
    return {
      position: rows[0] as LogPosition,
      end: async how => {
        await client.query(how);
        await client.end();
      },
    };
  }

  test('is waited for', async () => {
    const { position, end } = await openChange();
    const cursor = changeCursor(position);
    const answer = post(url(), { query: NOTES, headers: readAfter(cursor) });
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(there.stream.newest.id).toBeLessThan(position.id);
    await end('commit');
    const { status, headers } = await answer;
    expect([status, headers.get('register-cursor')]).toEqual([200, cursor]);
  });

  test('is waited for at most a second, on each transport', async () => {
    const { position, end } = await openChange();
    const headers = readAfter(changeCursor(position));
    const startedAt = performance.now();
    const answers = await Promise.all([
      post(url(), { query: NOTES, headers }),
      post(url(), { query: NOTES, headers, extensions: {} }),
      get(url(), { query: NOTES, headers }),
      stream(url(), { query: NOTES, headers }),
      file(headers).then(async response => ({
        ...response,
        status: response.status,
        headers: response.headers,
        body: await response.json(),
      })),
    ]);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
    for (const { status, headers, body } of answers) {
      expect([status, body.errors[0].extensions]).toEqual([
        503,
        {
          code: 'NOT_CAUGHT_UP',
          rule: 'READ_AFTER_TIMEOUT',
          params: { value: changeCursor(position), limit: 1_000, seconds: 1 },
        },
      ]);
      expect(headers.get('retry-after')).toBe('1');
    }
    await end('rollback');
  });

  test('leaves no subscriber behind', () => expect(there.stream.size).toBe(0));
});

test.each([
  ['damaged', () => 'bm8gY3Vyc29y'],
  ['empty', () => ''],
  ['10 kB long', () => 'x'.repeat(10_000)],
  [
    'of another register, of a recent change',
    () => changeCursor({ id: there.stream.newest.id, mark: '0123456789abcdef' }),
  ],
  ['of another register, of an old change', () => changeCursor({ id: 1, mark: '0123456789abcdef' })],
])('a cursor that is %s is refused', async (_, cursor) => {
  const { status, headers, body } = await post(url(), { query: NOTES, headers: readAfter(cursor()) });
  expect([status, body.errors[0].extensions.code]).toEqual([400, 'INVALID_CURSOR']);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('a cached response that is new enough is sent without a statement', async () => {
  const { cursor } = await revise(here.url, 'cached');
  const asked = { query: NOTES, headers: readAfter(cursor) };
  await post(url(), asked);
  const [answer, statements] = await readsOf(() => post(url(), asked));
  expect([answer.body.data.partnership.notes, statements]).toEqual(['cached', []]);
});
