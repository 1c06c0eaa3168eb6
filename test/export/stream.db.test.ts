import { once } from 'node:events';
import { type ClientRequest, get as httpGet, type IncomingMessage } from 'node:http';
import { parse } from 'csv-parse/sync';
import sql from 'sql-template-tag';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { defaultProtection } from '../../src/config/protection.js';
import { csv } from '../../src/export/csv.js';
import { openOnEmbedded } from '../../src/export/embedded.js';
import { type ExportJob, openExportFile } from '../../src/export/export-file.js';
import { openOnPostgreSql } from '../../src/export/snapshot-session.js';
import { selectedColumns, statementsOf } from '../../src/export/statements.js';
import { tables } from '../../src/export-tables.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import type { Logger } from '../../src/server/observability/logger.js';
import { renderMetrics } from '../../src/server/observability/render-metrics.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { addExchanges, exportServer, type Json } from '../support/export.js';
import { readsOf } from '../support/past.js';

const onPostgreSql = inject('database') === 'postgresql';
/** More records than fit in the buffers between the server and a client that does not read; fewer on the slower embedded database. */
const MANY = onPostgreSql ? 20_000 : 8_000;
/** More rounds than concurrent exports. */
const ROUNDS = 5;
/** More than concurrent exports and database connections, of which the embedded database has one. */
const DISCONNECTIONS = onPostgreSql ? 12 : ROUNDS;

const logged: unknown[][] = [];
const statuses: number[] = [];
const logger: Logger = Object.assign((...entry: unknown[]) => void logged.push(entry), {
  operation: (_: unknown, status: number) => void statuses.push(status),
});
const { database, url, get, records, ask } = exportServer(logger);
const query = <Row>(statement: ReturnType<typeof sql>) => queryRows<Row>(database().em.fork(), statement);

beforeAll(() => addExchanges(database(), MANY));
afterEach(async () => {
  for (const request of open.splice(0)) request.destroy();
  await vi.waitFor(async () => expect(await openExports()).toBe(0), { timeout: 10_000 });
  expect(logged.splice(0)).toEqual([]);
});

const open: ClientRequest[] = [];

/** Requests an export and does not read it. */
async function begin(path = 'exchanges.ndjson'): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  const request = httpGet(`${url()}/export/${path}`, { agent: false });
  request.on('error', () => undefined);
  open.push(request);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  return { request, response };
}

/** Returns the number of open exports: sessions and open transactions of PostgreSQL, cursors of the embedded database. */
async function openExports(): Promise<number> {
  const [row] = await query<{ count: number }>(
    onPostgreSql
      ? // Sessions that only run a statement, autovacuum among them, have a transaction too, and are not counted.
        sql`select count(*)::int as count from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()
            and (application_name = 'stedenband-export' or state like 'idle in transaction%')`
      : sql`select count(*)::int as count from pg_cursors where name like 'export%'`,
  );
  return row?.count ?? 0;
}

const exchanges = tables.find(({ name }) => name === 'exchanges') as (typeof tables)[number];
const wholeTable = { table: exchanges, filter: null, orderBy: null, provenance: false, format: csv };

test('a file that was sent as a whole is logged and counted as 200, one that was cut off as 499', async () => {
  const counted = async (status: number) => {
    const name = `stedenband_requests_total{transport="export",type="none",status="${status}"} `;
    return Number((await renderMetrics()).text.split(name)[1]?.split('\n')[0] ?? 0);
  };
  const before = [await counted(200), await counted(499)] as const;
  statuses.length = 0;
  for (const path of ['partnerships.csv', 'partnerships.xlsx', 'exchanges.ndjson']) {
    const { response } = await begin(path);
    let length = 0;
    for await (const chunk of response) length += chunk.length;
    expect([response.statusCode, length > 1_000]).toEqual([200, true]);
  }
  await vi.waitFor(() => expect(statuses).toEqual([200, 200, 200]));
  const { request, response } = await begin();
  await once(response, 'readable');
  request.destroy();
  await vi.waitFor(() => expect(statuses).toEqual([200, 200, 200, 499]), { timeout: 10_000 });
  expect([await counted(200), await counted(499)]).toEqual([before[0] + 3, before[1] + 1]);
});

test('writes during an export are not in the file, and do not wait', async () => {
  const { em, connection } = database();
  const session = connection ? await openOnPostgreSql(connection, undefined) : await openOnEmbedded(em.fork());
  const columns = selectedColumns(wholeTable).map(({ name }) => ({ name, type: 'text' as const }));
  const list = { name: 'exchanges', columns, hasGeometry: false, rows: statementsOf(wholeTable).rows };
  const job: ExportJob = { lists: [list], filter: null, extension: 'csv' };
  const { chunks, close } = await openExportFile(session, job);
  try {
    let [text, round] = ['', 0];
    for await (const chunk of chunks) {
      text += chunk;
      round += 1;
      if (round > 5) continue;
      await query(sql`update exchange set notes = 'too late' where id like 'exch-made-up-%9'`);
      await query(sql`delete from exchange where id = ${`exch-made-up-${MANY - round}`}`);
    }
    expect(round).toBeGreaterThan(MANY / 1_000);
    expect(parse(text, { bom: true, columns: true })).toHaveLength(MANY + 169);
    expect(text).not.toContain('too late');
  } finally {
    await close();
  }
  const after = await records('exchanges');
  expect(after).toHaveLength(MANY + 164);
  expect(after.filter(({ notes }) => notes === 'too late').length).toBeGreaterThan(MANY / 11);
  await vi.waitFor(async () => expect(await openExports()).toBe(0));
});

test('an export does not block reads or writes', async () => {
  const { response } = await begin();
  expect(await openExports()).toBe(1);
  const start = Date.now();
  expect((await ask('{ partnerships { totalCount } }')).data).toEqual({ partnerships: { totalCount: 53 } });
  await query(sql`update organisation set notes = 'meanwhile' where id = 'org-vng'`);
  const { data } = await ask('{ organisation(id: "org-vng") { notes } }');
  expect(data).toEqual({ organisation: { notes: 'meanwhile' } });
  expect(Date.now() - start).toBeLessThan(2_000);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  expect(text.split('\n').filter(Boolean).length).toBeGreaterThan(MANY);
  await vi.waitFor(async () => expect(await openExports()).toBe(0));
});

test('other transactions that fail or roll back during an export do not affect the file', async () => {
  const { response } = await begin();
  const { em } = database();
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    const transaction = await openTransaction(em);
    await queryRows(transaction.em, sql`update organisation set notes = 'never' where id = 'org-vng'`);
    const failing = queryRows(transaction.em, sql`select 1 / 0`).catch((error: Error) => error.message);
    await new Promise(resolve => setTimeout(resolve, 1));
    expect(await failing).toContain('division by zero');
    await transaction.rollback();
  }
  expect(text.split('\n').filter(Boolean).length).toBeGreaterThan(MANY);
  const [row] = await query<{ notes: string }>(sql`select notes from organisation where id = 'org-vng'`);
  expect(row?.notes).not.toBe('never');
});

test.each(['csv', 'ndjson', 'geojson', 'xlsx'])(
  'a client that disconnects during %s releases all resources',
  async format => {
    for (let round = 0; round < DISCONNECTIONS; round += 1) {
      const { request, response } = await begin(`exchanges.${format}`);
      expect(response.statusCode).toBe(200);
      await once(response, 'readable');
      request.destroy();
      await vi.waitFor(async () => expect(await openExports()).toBe(0), { timeout: 10_000, interval: 10 });
    }
  },
);

test('a client that disconnects before the first byte releases all resources', async () => {
  for (let round = 0; round < 6; round += 1) {
    const request = httpGet(`${url()}/export/exchanges.ndjson?orderBy=[{field:TITLE}]`, { agent: false });
    request.on('error', () => undefined);
    await once(request, 'socket');
    await new Promise(resolve => setTimeout(resolve, 5 + round * 5));
    request.destroy();
  }
  await vi.waitFor(async () => expect(await openExports()).toBe(0), { timeout: 10_000 });
  await vi.waitFor(async () => expect((await get('programmes.csv')).status).toBe(200), { timeout: 10_000 });
});

test('at most four exports run at once; a fifth receives Retry-After, and the API responds', async () => {
  // The last export of the test before may still have its place.
  const beginInPlace = async () => {
    const { request, response } = await begin();
    if (response.statusCode !== 200) open.splice(open.indexOf(request), 1);
    expect(response.statusCode).toBe(200);
  };
  for (let i = 0; i < 4; i += 1) await vi.waitFor(beginInPlace, { timeout: 10_000 });
  const fifth = await get('programmes.csv');
  expect([fifth.status, fifth.headers.get('retry-after'), await fifth.json()]).toEqual([
    503,
    '5',
    {
      errors: [
        {
          message: 'At most 4 exports run at once, and so many do; try again in 5 seconds.',
          extensions: expect.objectContaining({ code: 'TOO_MANY_EXPORTS' }),
        },
      ],
    },
  ]);
  const results = await Promise.all(Array.from({ length: 8 }, () => ask('{ programmes { totalCount } }')));
  expect(results.map(({ data }) => data.programmes.totalCount)).toEqual(Array(8).fill(16));
  open.shift()?.destroy();
  await vi.waitFor(async () => expect((await get('programmes.csv')).status).toBe(200), { timeout: 10_000 });
});

describe('between clients', () => {
  let shared: RunningServer;
  beforeAll(async () => {
    const rate = { perAddress: 10_000, perKey: undefined, store: 'memory' as const };
    const protection = { ...defaultProtection(), rate, trustedProxies: ['127.0.0.1'] };
    shared = await serve(database(), '127.0.0.1', 0, console.error, { protection });
  });
  afterAll(() => shared?.close());
  const from = (address: string, path: string, parameters = '') =>
    fetch(`${shared.url}/export/${path}?${parameters}`, { headers: { 'x-forwarded-for': address } });

  test('one that reads slowly takes one place, and the others are served', async () => {
    const slow = httpGet(`${shared.url}/export/exchanges.ndjson`, {
      agent: false,
      headers: { 'x-forwarded-for': '203.0.113.1' },
    });
    slow.on('error', () => undefined);
    open.push(slow);
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    const again = await from('203.0.113.1', 'programmes.csv');
    expect([again.status, again.headers.get('retry-after'), await again.json()]).toEqual([
      429,
      '5',
      {
        errors: [
          {
            message: 'A client may run 1 of the 4 exports at a time; wait until yours has ended.',
            extensions: expect.objectContaining({ code: 'TOO_MANY_EXPORTS' }),
          },
        ],
      },
    ]);
    const others = await Promise.all(['2', '3', '4'].map(host => from(`203.0.113.${host}`, 'programmes.csv')));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    await Promise.all(others.map(other => other.text()));
    slow.destroy();
    await vi.waitFor(async () => expect((await from('203.0.113.1', 'programmes.csv')).status).toBe(200), 10_000);
  });

  test('the next export after an aborted one waits for its place', { retry: 2 }, async () => {
    for (let round = 0; round < 3; round += 1) {
      const options = { agent: false, headers: { 'x-forwarded-for': `203.0.113.${20 + round}` } };
      const aborted = httpGet(`${shared.url}/export/exchanges.ndjson`, options);
      aborted.on('error', () => undefined);
      const [response] = (await once(aborted, 'response')) as [IncomingMessage];
      response.on('error', () => undefined);
      aborted.destroy();
      const next = await from(`203.0.113.${20 + round}`, 'programmes.csv');
      expect([next.status, (await next.text()).length > 1_000]).toEqual([200, true]);
    }
  });

  test('one that waits for its place takes none of the others', async () => {
    const slow = httpGet(`${shared.url}/export/exchanges.ndjson`, {
      agent: false,
      headers: { 'x-forwarded-for': '203.0.113.30' },
    });
    slow.on('error', () => undefined);
    open.push(slow);
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    const waiting = Promise.all(Array.from({ length: 6 }, () => from('203.0.113.30', 'programmes.csv')));
    const others = await Promise.all(['31', '32', '33'].map(host => from(`203.0.113.${host}`, 'programmes.csv')));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    await Promise.all(others.map(other => other.text()));
    expect((await waiting).map(({ status }) => status)).toEqual(Array(6).fill(429));
    slow.destroy();
  });

  test('responses without a file need no place, and a refused export costs a point', async () => {
    const head = (headers = {}, method = 'HEAD') =>
      fetch(`${shared.url}/export/programmes.csv`, {
        method,
        headers: { 'x-forwarded-for': '203.0.113.9', ...headers },
      });
    const tag = (await head()).headers.get('etag') as string;
    const heads = await Promise.all(Array.from({ length: 4 }, () => head()));
    expect(heads.map(({ status }) => status)).toEqual(Array(4).fill(200));
    const unchanged = await Promise.all(Array.from({ length: 4 }, () => head({ 'if-none-match': tag }, 'GET')));
    expect(unchanged.map(({ status }) => status)).toEqual(Array(4).fill(304));

    const remaining = async () => Number((await head()).headers.get('ratelimit-remaining'));
    const before = await remaining();
    for (let n = 0; n < 3; n += 1) {
      const refused = await from('203.0.113.9', 'programmes.csv', 'filter={');
      expect(refused.status).toBe(400);
      await refused.text();
    }
    expect(before - (await remaining())).toBe(500 + 3);
  });

  test('an export costs 500 points, and one per ten records from 5,000 on', async () => {
    const cost = async (address: string, path: string, parameters?: string) => {
      const { headers, body } = await from(address, path, parameters);
      await body?.cancel();
      await vi.waitFor(async () => expect(await openExports()).toBe(0), { timeout: 10_000 });
      return ['x-graphql-cost', 'ratelimit-remaining'].map(name => Number(headers.get(name)));
    };
    expect(await cost('203.0.113.5', 'programmes.csv')).toEqual([500, 9_500]);
    const [row] = await query<{ count: number }>(sql`select count(*)::int as count from exchange`);
    const points = Math.ceil((row?.count as number) / 10);
    expect(points).toBeGreaterThan(500);
    expect(await cost('203.0.113.5', 'exchanges.ndjson')).toEqual([points, 9_500 - points]);
  });

  test('of a client without budget no records are counted', async () => {
    const ask = () =>
      from('203.0.113.7', 'programmes.csv').then(async response => [response.status, await response.text()]);
    for (let n = 0; n < 20; n += 1) expect((await ask())[0]).toBe(200);
    const [[status], statements] = await readsOf(ask);
    expect([status, statements]).toEqual([429, []]);
  });
});

describe.runIf(onPostgreSql)('on PostgreSQL', () => {
  test('if the database ends the transaction, the response is aborted and no connection is lost', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { response } = await begin();
      await vi.waitFor(async () => expect(await openExports()).toBe(1));
      const [terminated] = await query<{ count: number }>(
        sql`select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
            where datname = current_database() and application_name = 'stedenband-export'`,
      );
      expect(terminated?.count).toBe(1);
      // A truncated file must not look complete.
      const read = async () => {
        for await (const _ of response);
      };
      await expect(read()).rejects.toThrow('aborted');
    }
    expect(logged.splice(0).map(([message]) => message)).toEqual(Array(ROUNDS).fill('export failed'));
    const results = await Promise.all(Array.from({ length: 12 }, () => ask('{ programmes { totalCount } }')));
    expect(results.map(({ data }) => data?.programmes.totalCount)).toEqual(Array(12).fill(16));
    expect((await get('programmes.csv')).status).toBe(200);
  });

  test('an export that the database does not start in time is rejected', async () => {
    const locked = database().em.fork();
    await locked.begin();
    await queryRows(locked, sql`lock table programme in access exclusive mode`);
    const response = await get('programmes.csv');
    await locked.rollback();
    expect([response.status, ((await response.json()) as Json).errors]).toEqual([
      503,
      [
        {
          message:
            'The database took too long to begin this export; try again, with a narrower filter or without orderBy.',
          extensions: expect.objectContaining({ code: 'EXPORT_TOO_SLOW' }),
        },
      ],
    ]);
  });
});
