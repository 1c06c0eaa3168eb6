import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { createClient } from 'graphql-ws';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newKey } from '../../src/access/key.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { followAlways, KEY, latest, overWebSocket, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { KeptAliveClient } from '../support/kept-alive.js';
import { openTestServer } from '../support/server.js';

let server: Built;
let database: Client;
/** A key that may write, and its id. */
let key: { id: string; text: string };
beforeAll(async () => {
  const url = await copyOnPostgreSql();
  database = new Client({ connectionString: url });
  await database.connect();
  const { id, hash, text } = newKey();
  await database.query(
    `insert into access_key (id, name, hash, scopes) values ('${id}', 'Editor', '${hash}', '{partnership:write}')`,
  );
  key = { id, text };
  server = await startBuilt(url, '0', [], { LOG_LEVEL: 'info' });
  await until('the start is logged', () => server.errors().includes('\n'));
});
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await database?.end();
});

const post = (query: string, variables: Json = {}, headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });

/** The lines that the log got while something was done, as soon as there are so many. */
async function linesOf(most: number, run: () => Promise<unknown>): Promise<Json[]> {
  const before = server.errors().length;
  await run();
  const text = () => server.errors().slice(before);
  await until('the lines are written', () => text().split('\n').length > most);
  return text()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

const idOf = (query: string) => createHash('sha256').update(query).digest('hex');
const LINE = {
  level: 'info',
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  ms: expect.any(Number),
  msg: 'request',
  transport: 'http',
};

test('the log says at the start how pages of other origins are let in', () => {
  const [line] = server.errors().split('\n');
  expect(JSON.parse(line as string)).toEqual({
    level: 'info',
    time: LINE.time,
    msg: 'browsers may use the API from its own pages only: ALLOWED_ORIGINS=localhost admits all pages of this machine, ALLOWED_ORIGINS=https://example.org those of a site',
  });
});

test('a refused origin is logged once, over HTTP and WebSocket, and a preflight with the status of its response', async () => {
  const request = {
    method: 'OPTIONS',
    headers: { origin: 'http://app.test:5173', 'access-control-request-method': 'POST' },
  };
  const lines = await linesOf(4, async () => {
    for (let call = 0; call < 3; call += 1) await fetch(`${server.url}/graphql`, request);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, { origin: 'http://app.test:5173' });
    await new Promise(resolve => socket.once('error', resolve));
  });
  const preflight = { ...LINE, statements: 0, status: 204 };
  const [first, second, ...others] = lines;
  expect([first, second].sort((a, b) => String(a.level).localeCompare(b.level))).toEqual([
    preflight,
    {
      level: 'warn',
      time: LINE.time,
      origin: 'http://app.test:5173',
      msg: 'a page of this origin was refused; add the origin to ALLOWED_ORIGINS, or localhost for all pages of this machine',
    },
  ]);
  expect(others).toEqual([preflight, preflight]);
});

describe('the log has one line of JSON a request', () => {
  test('with the status 304, too', async () => {
    const url = `${server.url}/graphql?query=${encodeURIComponent('query Tagged { partnerships(first: 1) { nodes { id } } }')}`;
    const headers = { 'apollo-require-preflight': '1' };
    const lines = await linesOf(2, async () => {
      const etag = (await fetch(url, { headers })).headers.get('etag') as string;
      await fetch(url, { headers: { ...headers, 'if-none-match': etag } });
    });
    expect(lines.map(({ operation, status }) => [operation, status])).toEqual([
      ['Tagged', 200],
      ['Tagged', 304],
    ]);
  });

  test('of a feed for readers and of a short link, too', async () => {
    const lines = await linesOf(2, async () => {
      for (const path of ['/changes.atom', '/s/unknown']) await fetch(server.url + path);
    });
    expect(lines.map(({ transport, status }) => [transport, status])).toEqual([
      ['page', 200],
      ['page', 404],
    ]);
  });

  test('which tells operation, document, statements, status and duration', async () => {
    const query = 'query Ties { partnerships(first: 2) { nodes { id dutch { name } } } }';
    const [line] = await linesOf(1, () => post(query));
    expect(line.statements).toBeGreaterThan(0);
    expect(line).toEqual({
      ...LINE,
      operation: 'Ties',
      type: 'query',
      document: idOf(query),
      statements: expect.any(Number),
      cost: 3,
      status: 200,
    });
  });

  test('the same for an answer that is kept', async () => {
    // It is not, before the server hears of commits.
    await until('answers are kept', async () => {
      const [line] = await linesOf(1, () => post('query Repeated { partnerships(first: 3) { nodes { id } } }'));
      return line.statements === 0;
    });
    const query = 'query Kept { partnerships(first: 3) { nodes { id } } }';
    const [first, second] = await linesOf(2, async () => {
      await post(query);
      await post(query);
    });
    expect(first.statements).toBeGreaterThan(0);
    expect(second).toEqual({ ...first, time: expect.any(String), ms: expect.any(Number), statements: 0 });
  });

  test('and which key it was, never the key, nor what stood in the variables', async () => {
    const query = `mutation Revise($input: RevisePartnershipInput!) {
      revisePartnership(input: $input) { userErrors { code } } }`;
    const input = { id: 'tie-delft-jingdezhen', expectedVersion: 99, notes: 'Confidential 8472', reason: 'Test' };
    const lines = await linesOf(2, async () => {
      await post(query, { input }, { authorization: `Bearer ${key.text}` });
      await post(query, { input }, { authorization: `Bearer ${KEY}` });
    });
    expect(lines).toEqual([
      expect.objectContaining({ operation: 'Revise', type: 'mutation', key: key.id, status: 200 }),
      expect.objectContaining({ operation: 'Revise', type: 'mutation', key: 'ADMIN_KEY', status: 200 }),
    ]);
    for (const secret of [key.text, KEY, '8472']) expect(server.errors()).not.toContain(secret);
  });

  test('what was refused, and why', async () => {
    const lines = await linesOf(4, async () => {
      await post('{ nothing }');
      await post('query Broken {');
      await post('{ viewer { name } }', {}, { authorization: 'Bearer wrong-key-9731' });
      await post(
        'mutation { endPartnership(input: { id: "x", expectedVersion: 1, since: "2020" }) { change { cursor } } }',
      );
    });
    expect(lines.map(({ status, codes, type }) => [status, codes, type])).toEqual([
      [400, ['GRAPHQL_VALIDATION_FAILED'], undefined],
      [400, ['GRAPHQL_PARSE_FAILED'], undefined],
      [401, ['UNAUTHENTICATED'], undefined],
      [401, ['UNAUTHENTICATED'], 'mutation'],
    ]);
    expect(server.errors()).not.toContain('9731');
  });

  test('over WebSocket and as server-sent events', async () => {
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const query = 'query Socket { latestChangeCursor }';
    const lines = await linesOf(3, async () => {
      for await (const { errors } of client.iterate({ query })) expect(errors).toBeUndefined();
      await expect(client.iterate({ query: '{ nothing }' }).next()).rejects.toBeDefined();
      await (await post('query Stream { latestChangeCursor }', {}, {}, '/graphql/stream')).text();
      await client.dispose();
    });
    expect(lines).toEqual([
      {
        ...LINE,
        transport: 'websocket',
        operation: 'Socket',
        type: 'query',
        document: idOf(query),
        statements: 1,
        cost: expect.any(Number),
        status: 200,
      },
      {
        ...LINE,
        transport: 'websocket',
        document: idOf('{ nothing }'),
        statements: 0,
        status: 400,
        codes: ['GRAPHQL_VALIDATION_FAILED'],
      },
      expect.objectContaining({ transport: 'stream', operation: 'Stream', type: 'query', statements: 1, status: 200 }),
    ]);
  });

  test('whatever a name tries to put into it', async () => {
    const operationName = 'A\n{"level":"info","msg":"forged"}\u001b[31m';
    const lines = await linesOf(1, () =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'query A { latestChangeCursor }', operationName }),
      }),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ msg: 'request', status: 400 });
    expect(lines[0]).not.toHaveProperty('operation');
  });

  test('a client that goes away has the status 499', async () => {
    await database.query('begin');
    await database.query('lock table partnership in access exclusive mode');
    const [line] = await linesOf(1, async () => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const gone = request(`${server.url}/graphql`, options).on('error', () => undefined);
      gone.end(JSON.stringify({ query: 'query Gone { partnership(id: "tie-delft-jingdezhen") { id } }' }));
      await new Promise(resolve => setTimeout(resolve, 200));
      gone.destroy();
      await new Promise(resolve => setTimeout(resolve, 50));
      await database.query('rollback');
    });
    expect(line).toMatchObject({ operation: 'Gone', status: 499 });
  });

  test('and none when LOG_LEVEL says so', async () => {
    const url = `postgresql://${database.user}:postgres@${database.host}:${database.port}/${database.database}`;
    const quiet = await startBuilt(url, '0', [], { LOG_LEVEL: 'warn' });
    await fetch(`${quiet.url}/graphql?query={latestChangeCursor}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await quiet.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(quiet.errors()).toBe('');
  });
});

/** All metrics, by name and labels. */
async function metrics(url = server.url, headers: Record<string, string> = {}): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`, { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const lines = (await response.text()).split('\n').filter(line => line && !line.startsWith('#'));
  return new Map(
    lines.map(line => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('metrics', () => {
  test('count requests, errors, statements and durations, by operation name', async () => {
    const before = await metrics();
    const grown = (after: Map<string, number>, name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    // The third equals the second, so it is served from the cache.
    for (const variables of [{ n: 1 }, { n: 2 }, { n: 2 }]) {
      await post('query Counted($n: Int!) { exchanges(first: $n) { totalCount } }', variables);
    }
    await post('{ nothing }');
    const after = await metrics();
    expect(grown(after, 'stedenband_requests_total{transport="http",type="query",status="200"}')).toBe(3);
    expect(grown(after, 'stedenband_requests_total{transport="http",type="none",status="400"}')).toBe(1);
    expect(grown(after, 'stedenband_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(grown(after, 'stedenband_request_duration_seconds_count{operation="Counted"}')).toBe(3);
    expect(grown(after, 'stedenband_statements_per_operation_sum')).toBe(2);
    expect(grown(after, 'stedenband_cache_requests_total{result="hit"}')).toBe(1);
    expect(grown(after, 'stedenband_cache_requests_total{result="miss"}')).toBe(3);
    expect(after.get('stedenband_storage_info{storage="postgresql"}')).toBe(1);
    expect(after.get('stedenband_log_dropped_total')).toBe(0);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      expect(after.get(name)).toBeGreaterThan(0);
    }
  });

  test('tell who subscribes and how far the feed is behind', async () => {
    expect((await metrics()).get('stedenband_feed_lag_changes')).toBe(0);
    expect((await metrics()).get('stedenband_listen_heard')).toBe(1);
    const following = followAlways(overWebSocket, server.url, await latest(server.url));
    await until('it is counted', async () => (await metrics()).get('stedenband_subscribers') === 1);
    await following.stop();
    await until('it is gone', async () => (await metrics()).get('stedenband_subscribers') === 0);
  });

  test('have a bounded number of names, whatever clients think of', async () => {
    for (let name = 0; name < 150; name += 1) await post(`query Name${name} { __typename }`);
    const names = [...(await metrics()).keys()].filter(key =>
      key.startsWith('stedenband_request_duration_seconds_count'),
    );
    expect(names.length).toBeLessThanOrEqual(101);
    await post('query other { __typename }');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text.match(/^stedenband_request_duration_seconds_count\{operation="other"\} /gm)).toHaveLength(1);
  });

  test('are for a local address only, as a page of another site may have its name lead to this machine', async () => {
    const { port } = new URL(server.url);
    const statusFor = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const asked = request(`${server.url}/metrics`, { headers }, response => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject).end();
      });
    for (const host of [`localhost:${port}`, 'LOCALHOST', '127.0.0.1', '127.1.2.3:80', '[::1]:4000']) {
      expect([host, await statusFor({ host })]).toEqual([host, 200]);
    }
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '10.0.0.1',
    ];
    for (const host of foreign) expect([host, await statusFor({ host })]).toEqual([host, 403]);
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via', 'forwarded']) {
      expect([name, await statusFor({ [name]: '127.0.0.1' })]).toEqual([name, 403]);
    }
  });

  test('are for this machine, or for who has the key', async () => {
    const open = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect([open.status, ((await open.json()) as Json).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    const metricsKey = 'metrics-key-0123456789';
    const locked = await openTestServer({ metricsKey });
    try {
      for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
        expect((await fetch(`${locked.url}/metrics`, { headers })).status).toBe(403);
      }
      const authorization = `Bearer ${metricsKey}`;
      const exposed = await metrics(locked.url, { authorization, 'x-forwarded-for': '203.0.113.9' });
      expect(exposed.get('stedenband_subscribers')).toBe(0);
    } finally {
      await locked.close();
    }
  });
});

test('health tells of the parts, and that migrations are missing', async () => {
  const health = async (path: string) => {
    const response = await fetch(server.url + path);
    return [response.status, await response.json()];
  };
  expect(await health('/health/live')).toEqual([200, { status: 'ok' }]);
  const ready = {
    status: 'ok',
    database: 'ok',
    storage: 'postgresql',
    missingMigrations: 0,
    feedLag: 0,
    readOnly: false,
  };
  expect(await health('/health/ready')).toEqual([200, ready]);
  const { rows } = await database.query(
    'delete from mikro_orm_migrations where id = (select max(id) from mikro_orm_migrations) returning name',
  );
  // Calls within a quarter of a second share a check.
  await until('the next check', async () => (await health('/health/ready'))[0] === 503);
  expect(await health('/health/ready')).toEqual([
    503,
    { ...ready, status: 'unavailable', reason: 'migrations are missing', missingMigrations: 1 },
  ]);
  await database.query(`insert into mikro_orm_migrations (name) values ('${rows[0].name}')`);
  await until('the check after that', async () => (await health('/health/ready'))[0] === 200);
  expect(await health('/health/ready')).toEqual([200, ready]);
});

test('a server that is about to stop says so while it still answers', async () => {
  const stopping = await openTestServer({ shutdownDelay: 600 });
  const closed = stopping.close();
  const ready = await fetch(`${stopping.url}/health/ready`);
  expect([ready.status, ((await ready.json()) as Json).reason]).toEqual([503, 'the server stops']);
  const query = '{ __typename }';
  const answer = await fetch(`${stopping.url}/graphql?query=${query}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(answer.status).toBe(200);
  await closed;
  await expect(fetch(`${stopping.url}/health/live`)).rejects.toThrow();
});

test('a request is answered that comes over an open connection when the port of a server with a delay has closed', async () => {
  const stopping = await openTestServer({ shutdownDelay: 100 });
  const client = new KeptAliveClient(stopping.url);
  onTestFinished(() => client.close());
  expect(await client.ask('{ __typename }')).toMatchObject({ status: 200, connection: 'keep-alive' });
  const closed = stopping.close();
  await until('the port is closed', () =>
    fetch(`${stopping.url}/health/live`).then(
      () => false,
      () => true,
    ),
  );
  expect(await client.ask('{ __typename }')).toMatchObject({ status: 200, connection: 'close' });
  await closed;
});
