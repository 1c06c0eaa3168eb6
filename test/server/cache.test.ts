import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import type { ChangeStream } from '../../src/change/stream.js';
import { SHARED_TABLES, subjectTypesReadBy, TABLES, TypeVersions } from '../../src/change/versions.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ResponseCache } from '../../src/server/cache/response-cache.js';
import type { PreparedResponse } from '../../src/server/http/prepared-response.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { storeKey } from '../support/access.js';
import { copyOnPostgreSql } from '../support/database.js';
import { KEY } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

const BYTES = 4_000_000;
const TIE = 'tie-rotterdam-shanghai';
const TIES = '{ partnerships(first: 3) { nodes { id notes dutch { name } } } }';
const WITH_EXCHANGES = '{ partnerships(first: 3) { nodes { id exchanges { totalCount } } } }';

let address: string;
let databases: Database[];
let [here, there]: RunningServer[] = [];
/** Of the tie that is revised. */
let version = 0;

beforeAll(async () => {
  address = await copyOnPostgreSql();
  databases = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgresql', url: address })));
  [here, there] = await Promise.all(
    databases.map(database =>
      serve(database, '127.0.0.1', 0, console.error, { access: { adminKey: KEY }, cacheBytes: BYTES }),
    ),
  );
});
beforeAll(async () => {
  version = (await ask(here, `{ partnership(id: "${TIE}") { version } }`)).data.partnership.version;
  // Nothing is cached before the LISTEN connection is up.
  while ((await readsFor(() => ask(here, TIES))) > 0) await new Promise(resolve => setTimeout(resolve, 20));
});
afterAll(async () => {
  await Promise.all([here?.close(), there?.close()]);
  await Promise.all(databases.map(database => database.close()));
});

const headers = (key?: string) => ({
  'content-type': 'application/json',
  ...(key && { authorization: `Bearer ${key}` }),
});

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
async function ask(server: RunningServer | undefined, query: string, key?: string): Promise<any> {
  const response = await fetch(`${server?.url}/graphql`, {
    method: 'POST',
    headers: headers(key),
    body: JSON.stringify({ query }),
  });
  return response.json();
}

/** Returns the response, and true if SQL was sent for it. */
async function readsFor(asking: () => Promise<unknown>): Promise<number> {
  let sent = 0;
  const count = (message: unknown) => {
    // Looks at the log are not the question's.
    if (!/\bfrom change\b/.test((message as StatementEvent).text)) sent += 1;
  };
  statementChannel.subscribe(count);
  try {
    await asking();
    return sent;
  } finally {
    statementChannel.unsubscribe(count);
  }
}

async function revise(server: RunningServer | undefined, notes: string): Promise<void> {
  const query = `mutation { revisePartnership(input: { id: "${TIE}", expectedVersion: ${version}, notes: "${notes}" }) { userErrors { message } partnership { version } } }`;
  const { data } = await ask(server, query, KEY);
  expect(data.revisePartnership.userErrors).toEqual([]);
  version = data.revisePartnership.partnership.version;
}

const notesOf = async (server: RunningServer | undefined): Promise<string> =>
  (await ask(server, `{ partnership(id: "${TIE}") { notes } }`)).data.partnership.notes;

describe('an answer', () => {
  test('is given again without a statement', async () => {
    const first = await ask(here, TIES);
    expect(await readsFor(async () => expect(await ask(here, TIES)).toEqual(first))).toBe(0);
  });

  test('that many ask for at once is made once', async () => {
    const query = '{ programmes(first: 4) { nodes { id } } }';
    expect(await readsFor(() => Promise.all(Array.from({ length: 20 }, () => ask(here, query))))).toBe(1);
  });

  test('is kept when what it did not read changes, and dropped when what it read does', async () => {
    await ask(here, TIES);
    await ask(here, WITH_EXCHANGES);
    const exchange = `mutation { recordExchange(input: { kind: CULTURAL, title: { en: "A match" }, status: HELD, startedOn: "2019", dutch: "nl-rotterdam", chinese: "cn-shanghai", partnership: "${TIE}" }) { userErrors { message } exchange { id } } }`;
    const { data } = await ask(here, exchange, KEY);
    expect(data.recordExchange.userErrors).toEqual([]);
    expect(await readsFor(() => ask(here, TIES))).toBe(0);
    expect(await readsFor(() => ask(here, WITH_EXCHANGES))).toBeGreaterThan(0);
    await revise(here, 'kept');
    expect(await readsFor(() => ask(here, TIES))).toBeGreaterThan(0);
  });

  test('with an error is not kept, nor a mutation’s', async () => {
    const wrong = '{ partnerships(first: 0) { totalCount } }';
    await ask(here, wrong);
    expect((await ask(here, wrong)).errors).toHaveLength(1);
    const before = version;
    await revise(here, 'one');
    await revise(here, 'two');
    expect(version).toBe(before + 2);
  });

  test('as a page depends on who asks, too: names of keys are for those who may write', async () => {
    const key = await storeKey(databases[0] as Database, ['partnership:write'], { name: 'Jan Jansen' });
    const query = `mutation { revisePartnership(input: { id: "${TIE}", expectedVersion: ${version}, notes: "by a key" }) { partnership { version } } }`;
    version = (await ask(here, query, key)).data.revisePartnership.partnership.version;
    const page = async (more?: string) => (await fetch(`${here?.url}/id/${TIE}`, { headers: headers(more) })).text();
    // Each twice, so that the second comes from the cache.
    for (const [more, isNamed] of [
      [key, true],
      [undefined, false],
      [key, true],
      [undefined, false],
    ] as const)
      expect((await page(more)).includes('Jan Jansen')).toBe(isNamed);
  });

  test('depends on who asks', async () => {
    const query = '{ viewer { name scopes } }';
    const [nobody, admin] = [await ask(here, query), await ask(here, query, KEY)];
    expect(nobody).not.toEqual(admin);
    expect([await ask(here, query), await ask(here, query, KEY)]).toEqual([nobody, admin]);
    expect(await ask(here, query, 'wrong-key-of-nobody')).toHaveProperty('errors');
  });
});

describe('a change', () => {
  test('is in the next answer of the process that wrote it, thirty times', async () => {
    for (let i = 0; i < 30; i += 1) {
      await notesOf(here);
      await revise(here, `mine ${i}`);
      expect(await notesOf(here)).toBe(`mine ${i}`);
    }
  });

  test('of another instance is seen at once', async () => {
    for (let i = 0; i < 10; i += 1) {
      await notesOf(here);
      await revise(there, `theirs ${i}`);
      const written = Date.now();
      while ((await notesOf(here)) !== `theirs ${i}`) expect(Date.now() - written).toBeLessThan(1_000);
    }
  });

  test('is seen although the connection that tells of it is cut just before', async () => {
    const database = new URL(address).pathname.slice(1);
    const client = new Client({ connectionString: Object.assign(new URL(address), { pathname: '/postgres' }).href });
    await client.connect();
    const admit = (connections: boolean) =>
      client.query(`alter database "${database}" with allow_connections ${connections}`);
    const cut = `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
      where application_name = 'stedenband-listen' and datname = '${database}'`;
    const isHeard = async () => /^stedenband_listen_heard 1$/m.test(await (await fetch(`${here?.url}/metrics`)).text());
    for (let i = 0; i < 5; i += 1) {
      await expect.poll(isHeard, { timeout: 10_000 }).toBe(true);
      await notesOf(here);
      // It would else listen again before the change is written, and hear of it a moment later.
      await admit(false);
      expect((await client.query(cut)).rows[0].cut).toBeGreaterThan(0);
      await expect.poll(isHeard).toBe(false);
      await revise(there, `cut ${i}`);
      expect(await notesOf(here)).toBe(`cut ${i}`);
      await admit(true);
    }
    // After the reconnect responses are cached again.
    const query = '{ organisations(first: 2) { nodes { id } } }';
    await expect.poll(() => readsFor(() => ask(here, query)), { timeout: 10_000 }).toBe(0);
    await client.end();
  });
});

describe('GET', () => {
  const get = (query: string, headers: Record<string, string> = { 'apollo-require-preflight': '1' }) =>
    fetch(`${here?.url}/graphql?query=${encodeURIComponent(query)}`, { headers: headers });

  test('carries a strong ETag; whoever has the answer is told 304 until it changes', async () => {
    const first = await get(TIES);
    const etag = first.headers.get('etag') as string;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect(first.headers.get('vary')).toBe(
      'Accept, Authorization, Router-Authorization, Accept-Encoding, Register-Known-At',
    );
    const again = await get(TIES, { 'apollo-require-preflight': '1', 'if-none-match': `"other", W/${etag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    await revise(here, 'another');
    const changed = await get(TIES, { 'apollo-require-preflight': '1', 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
    const mine = await get(TIES, { 'apollo-require-preflight': '1', authorization: `Bearer ${KEY}` });
    expect(mine.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('about the client is stored by no cache', async () => {
    const withKey = { 'apollo-require-preflight': '1', authorization: `Bearer ${KEY}` };
    for (const response of [await get('{ rateLimit { limit } }'), await get('{ viewer { name } }', withKey)]) {
      const { status, headers } = response;
      expect([status, headers.get('cache-control'), headers.get('etag')]).toEqual([200, 'no-store', null]);
    }
  });

  test('without the header that keeps other sites out is refused, however often it was answered with it', async () => {
    await get(TIES);
    expect((await get(TIES, {})).status).toBe(400);
    expect((await get(TIES, { 'content-type': 'text/plain' })).status).toBe(400);
  });

  test('has an answer of its own, whatever the body of a POST is', async () => {
    const path = `/graphql?query=${encodeURIComponent(TIES)}`;
    const send = (text: string, accept: string) =>
      fetch(`${here?.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: text,
      });
    expect((await get(TIES)).status).toBe(200);
    for (const text of [`GET ${path}`, path, ` ${path}`]) {
      for (const accept of ['*/*', '']) expect((await send(text, accept)).status).toBe(400);
    }
  });

  test('of a router is for it alone, and varies by its secret', async () => {
    const routed = await openTestServer({ access: { routerSecret: 'secret of the router' }, cacheBytes: BYTES });
    try {
      const of = (query: string, headers: Record<string, string> = {}) =>
        fetch(`${routed.url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: { 'apollo-require-preflight': '1', ...headers },
        });
      const router = { 'router-authorization': 'secret of the router' };
      for (const query of ['{ _service { sdl } }', TIES]) {
        for (let time = 0; time < 2; time += 1) {
          const { status, headers } = await of(query, router);
          expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
          expect(headers.get('vary')).toContain('Router-Authorization');
        }
      }
      expect((await of('{ _service { sdl } }')).status).toBe(403);
      expect((await of(TIES)).headers.get('cache-control')).toBe('public, no-cache');
    } finally {
      await routed.close();
    }
  });

  test('with an error is not to be kept', async () => {
    const response = await get('{ partnerships(first: 0) { totalCount } }');
    expect(response.headers.get('etag')).toBeNull();
  });
});

describe('the cache itself', () => {
  const stream = () => ({ versions: new TypeVersions(), isInSync: true });
  const answer = (text: string, isCacheable = true): PreparedResponse => ({
    status: 200,
    headers: {},
    cost: 1,
    body: text,
    encoding: 'utf8',
    isCacheable,
  });
  const make = (changes = stream(), bytes = 100_000) => {
    const cache = new ResponseCache(changes as unknown as ChangeStream, bytes);
    /** Reads these tables, and then does something before it answers. */
    const ask = (key: string, text: string, tables: string[], meanwhile = () => {}) => {
      const em = {} as never;
      return cache.getOrCompute(key, { em }, async () => {
        for (const table of tables) statementChannel.publish({ text: `select 1 from ${table} t`, em });
        await Promise.resolve();
        meanwhile();
        return answer(text);
      });
    };
    return { cache, changes, ask };
  };

  test('does not take what was read while somebody wrote for new', async () => {
    const { cache, changes, ask } = make();
    await ask('key', 'old', ['partnership'], () => changes.versions.increment(SubjectType.PARTNERSHIP));
    expect(cache.getFresh('key')).toBeUndefined();
    await ask('key', 'new', ['partnership']);
    expect(cache.getFresh('key')?.body.toString()).toBe('new');
    cache.close();
  });

  test('does not give one who asks after a write what somebody began to read before it', async () => {
    const { cache, changes, ask } = make();
    let proceed = () => {};
    const em = {} as never;
    const before = cache.getOrCompute('key', { em }, async () => {
      await new Promise<void>(resolve => {
        proceed = resolve;
      });
      return answer('old');
    });
    changes.versions.increment(SubjectType.PARTNERSHIP);
    const after = ask('key', 'new', ['partnership']);
    proceed();
    expect([(await before).body.toString(), (await after).body.toString()]).toEqual(['old', 'new']);
    cache.close();
  });

  test('gives nothing while changes are not heard of', async () => {
    const { cache, changes, ask } = make();
    await ask('key', 'text', ['partnership']);
    changes.isInSync = false;
    expect(cache.getFresh('key')).toBeUndefined();
    changes.isInSync = true;
    expect(cache.getFresh('key')).toBeDefined();
    cache.close();
  });

  test('drops an answer that read what all share at every change', async () => {
    const { cache, changes, ask } = make();
    await ask('shared', 'text', ['partnership', 'citation']);
    await ask('own', 'text', ['partnership', 'authority']);
    await ask('nothing', 'text', []);
    changes.versions.increment(SubjectType.EXCHANGE);
    expect(['shared', 'own', 'nothing'].map(key => cache.getFresh(key) !== undefined)).toEqual([false, true, true]);
    cache.close();
  });

  test('holds no more than it may', async () => {
    const { cache, ask } = make(stream(), 50_000);
    for (let i = 0; i < 100; i += 1) await ask(`key ${i}`, 'x'.repeat(1_000), []);
    const kept = Array.from({ length: 100 }, (_, i) => cache.getFresh(`key ${i}`)).filter(Boolean).length;
    expect(kept).toBeGreaterThan(10);
    expect(kept).toBeLessThan(50);
    await ask('large', 'x'.repeat(10_000), []);
    expect(cache.getFresh('large')).toBeUndefined();
    cache.close();
  });
});

describe('what a statement reads', () => {
  test.each<[string, SubjectType[] | undefined]>([
    ['select p."id" as "id" from partnership p', [SubjectType.PARTNERSHIP]],
    ['select e."partnership_id" as "partnership" from "exchange" e', [SubjectType.EXCHANGE]],
    [
      'select 1 from programme_partnership l, authority',
      [SubjectType.PROGRAMME, SubjectType.PARTNERSHIP, SubjectType.AUTHORITY],
    ],
    ['select 1 from partnership p join citation c on true', undefined],
    ['select now()', undefined],
  ])('%s', (statement, types) => {
    expect(subjectTypesReadBy(statement)?.toSorted()).toEqual(types?.toSorted());
  });

  test('every table of the register is one that is known', async () => {
    const client = new Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    await client.end();
    // These hold nothing that a cached response shows.
    const others = [
      'access_key',
      'idempotent_answer',
      'log_clock',
      'mikro_orm_migrations',
      'rate_limit',
      'short_link',
      'webhook',
      'webhook_delivery',
      'webhook_lease',
    ];
    expect(rows.map(({ name }) => name).sort()).toEqual([...Object.keys(TABLES), ...SHARED_TABLES, ...others].sort());
  });
});
