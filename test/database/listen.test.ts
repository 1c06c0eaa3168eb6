import { Client } from 'pg';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { Change } from '../../src/change/change.js';
import { readConfig } from '../../src/config/config.js';
import { openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS } from '../../src/database/pool.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, KEY, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { openPooler, type Pooler } from '../support/pooler.js';

let direct: string;
beforeAll(async () => {
  direct = await copyOnPostgreSql();
});

const open = new Set<{ stop(): Promise<unknown> }>();
afterEach(async () => {
  for (const { stop } of open) await stop();
  open.clear();
});

/** Opens a way to the database through a stand-in of a pooler. */
async function through(timeouts: 'refused' | 'ignored'): Promise<Pooler & { url: string }> {
  const url = new URL(direct);
  const pooler = await openPooler(Number(new URL(inject('server')).port), timeouts);
  url.port = String(pooler.port);
  open.add({ stop: () => pooler.close() });
  return Object.assign(pooler, { url: url.href });
}

async function start(url: string, settings: Record<string, string> = {}): Promise<Built> {
  const server = await startBuilt(url, '0', [], settings);
  open.add({ stop: () => server.kill('SIGTERM') });
  return server;
}

async function metrics(server: Built): Promise<{ heard: string | undefined; hits: number }> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return {
    heard: /^stedenband_listen_heard (.*)$/m.exec(text)?.[1],
    hits: Number(/^stedenband_cache_requests_total\{result="hit"\} (.*)$/m.exec(text)?.[1] ?? 0),
  };
}

const messages = (server: Built) =>
  server
    .errors()
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const { msg, err } = JSON.parse(line);
      return err ? `${msg}: ${err.message}` : msg;
    });

async function read(server: Built): Promise<void> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ organisations(first: 3) { nodes { id } } }"}',
  });
  expect(await response.json()).toHaveProperty('data.organisations');
}

/** Gives the role time-outs for the while of a test, as an operator does who has a pooler. */
async function withRoleTimeouts(run: () => Promise<void>): Promise<void> {
  const database = await openDatabase({ kind: 'postgresql', url: direct });
  const alter = (statement: string) => database.em.getConnection().execute(`alter role current_user ${statement}`);
  const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
  try {
    for (const name of names) await alter(`in database ${new URL(direct).pathname.slice(1)} set ${name} = 2000`);
    await run();
  } finally {
    for (const name of names) await alter(`in database ${new URL(direct).pathname.slice(1)} reset ${name}`);
    await database.close();
  }
}

describe('behind a pooler that passes no notifications on', () => {
  test('the response cache is not used, and metric and log say so, until notifications are heard', async () => {
    await withRoleTimeouts(async () => {
      const pooler = await through('ignored');
      const server = await start(pooler.url);
      await until('the log says so', () => messages(server).length > 0);
      for (let times = 0; times < 3; times += 1) await read(server);
      expect(await metrics(server)).toEqual({ heard: '0', hits: 0 });
      expect(messages(server)).toEqual([
        expect.stringMatching(
          /^LISTEN is not heard: .*: a notification was sent and did not arrive; .*DATABASE_DIRECT_URL to a direct connection to the same database$/,
        ),
      ]);

      pooler.notifies = true;
      await until('notifications are heard', async () => (await metrics(server)).heard === '1');
      // Once the log has been read, too.
      await until('the response cache is used', async () => {
        await read(server);
        return (await metrics(server)).hits > 0;
      });

      // The connection stays open, and no longer hears: found at the next heartbeat.
      pooler.notifies = false;
      await until('the loss is noticed', async () => (await metrics(server)).heard === '0');
      const { hits } = await metrics(server);
      await read(server);
      expect((await metrics(server)).hits).toBe(hits);
      expect(messages(server).map(message => message.split(':')[0])).toEqual([
        'LISTEN is not heard',
        'LISTEN is heard again',
        'LISTEN is not heard',
      ]);
    });
  });

  test('DATABASE_DIRECT_URL listens over a direct connection', async () => {
    await withRoleTimeouts(async () => {
      const pooler = await through('refused');
      const [first, second] = [
        await start(pooler.url, { DATABASE_DIRECT_URL: direct }),
        await start(pooler.url, { DATABASE_DIRECT_URL: direct }),
      ] as const;
      for (const server of [first, second])
        await until('it listens', async () => (await metrics(server)).heard === '1');
      const names = async () =>
        JSON.stringify(await ask(second.url, '{ organisations(first: 100) { nodes { names { en } } } }'));
      const before = await names();
      expect(await names()).toBe(before);
      await ask(
        first.url,
        'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "Direct" }, reason: "test" }) { change { cursor } } }',
      );
      await until('the other instance has it', async () => (await names()).includes('Direct'), 1_000);
      expect([messages(first), messages(second)]).toEqual([[], []]);
    });
  });
});

describe('behind a pooler that drops time-outs', () => {
  const limits = { ...COMMAND_LIMITS, queryTimeout: 3_000, idleTimeout: 4_000 };

  test.each(['refused', 'ignored'] as const)(
    'the start is refused with the statements that set them: %s',
    async how => {
      const { url } = await through(how);
      await expect(openDatabase({ kind: 'postgresql', url }, { limits })).rejects.toThrow(
        'The connection pooler of DATABASE_URL does not pass on statement_timeout, lock_timeout, idle_in_transaction_session_timeout; set them for the role, and reconnect the pooler: ' +
          'alter role postgres set statement_timeout = 3000; alter role postgres set lock_timeout = 5000; alter role postgres set idle_in_transaction_session_timeout = 4000;',
      );
    },
  );

  test('the start is refused with the setting whose pooler it is', async () => {
    const { url } = await through('refused');
    await expect(openDatabase({ kind: 'postgresql', url, directUrl: url }, { limits })).rejects.toThrow(
      /^The connection pooler of DATABASE_DIRECT_URL does not pass on/,
    );
  });

  test.each(['refused', 'ignored'] as const)('those of the role are in force: %s', async how => {
    await withRoleTimeouts(async () => {
      const { url } = await through(how);
      const database = await openDatabase({ kind: 'postgresql', url }, { limits });
      try {
        await expect(database.em.getConnection().execute('select pg_sleep(2.9)')).rejects.toThrow(/statement timeout/);
      } finally {
        await database.close();
      }
    });
  });
});

test('times are read as they are, whatever the style that the database writes them in', async () => {
  const url = new URL(await copyOnPostgreSql());
  const latest = async () => {
    const database = await openDatabase({ kind: 'postgresql', url: url.href });
    const [last] = await database.em.fork().find(Change, {}, { orderBy: { id: 'desc' }, limit: 1 });
    await database.em.getConnection().execute(`alter database ${url.pathname.slice(1)} set DateStyle = 'German'`);
    await database.close();
    return last?.recordedAt.getTime();
  };
  const before = await latest();
  expect(before).toBeGreaterThan(0);
  expect(await latest()).toBe(before);
  url.port = new URL((await through('refused')).url).port;
  const opening = openDatabase({ kind: 'postgresql', url: url.href });
  await expect(opening).rejects.toThrow(/alter role postgres set datestyle = ISO;/);
});

test('the start is refused behind a pooler if transactions do not see what others commit', async () => {
  const url = new URL(await copyOnPostgreSql());
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`alter database ${client.database} set default_transaction_isolation = 'repeatable read'`);
  await client.end();
  url.port = new URL((await through('refused')).url).port;
  const opening = openDatabase({ kind: 'postgresql', url: url.href });
  await expect(opening).rejects.toThrow(/alter role postgres set default_transaction_isolation = 'read committed';/);
});

test('a command has its own time-outs, and not those of the role', async () => {
  await withRoleTimeouts(async () => {
    const database = await openDatabase({ kind: 'postgresql', url: direct });
    const shown = await database.em.getConnection().execute('show statement_timeout');
    await database.close();
    expect(shown).toEqual([{ statement_timeout: '0' }]);
  });
});

const DIRECT = 'postgresql://localhost/register';

test.each([
  [
    'DATABASE_DIRECT_URL without DATABASE_URL',
    { DATABASE_DIRECT_URL: DIRECT },
    /DATABASE_DIRECT_URL is set only together with DATABASE_URL/,
  ],
  ['its former name', { DATABASE_LISTEN_URL: DIRECT }, /DATABASE_DIRECT_URL is set only together with DATABASE_URL/],
  [
    'a pooler without a direct connection',
    { DATABASE_URL: DIRECT, DATABASE_POOLER: 'transaction' },
    /DATABASE_POOLER needs DATABASE_DIRECT_URL/,
  ],
  [
    'an unknown mode of a pooler',
    { DATABASE_URL: DIRECT, DATABASE_POOLER: 'statement' },
    /DATABASE_POOLER is transaction, or not set; got "statement"/,
  ],
])('%s is refused', (_, settings, sentence) => {
  expect(() => readConfig({ ...settings, ADMIN_KEY: KEY })).toThrow(sentence);
});

test('DATABASE_LISTEN_URL, the former name, is a direct connection', () => {
  expect(readConfig({ DATABASE_URL: DIRECT, DATABASE_LISTEN_URL: DIRECT }).storage).toMatchObject({
    directUrl: DIRECT,
  });
});

test('DATABASE_LISTEN_URL beside DATABASE_DIRECT_URL is refused, unless one of them is empty', () => {
  const other = 'postgresql://localhost/other';
  const directUrl = (settings: Record<string, string>) =>
    (readConfig({ DATABASE_URL: DIRECT, ...settings }).storage as { directUrl?: string }).directUrl;
  const sentence = 'DATABASE_LISTEN_URL and DATABASE_DIRECT_URL are one setting; got both, set DATABASE_DIRECT_URL';
  for (const [first, second] of [
    ['LISTEN', 'DIRECT'],
    ['DIRECT', 'LISTEN'],
  ])
    expect(() => directUrl({ [`DATABASE_${first}_URL`]: DIRECT, [`DATABASE_${second}_URL`]: other })).toThrow(sentence);
  expect(directUrl({ DATABASE_DIRECT_URL: other, DATABASE_LISTEN_URL: '' })).toBe(other);
  expect(directUrl({ DATABASE_DIRECT_URL: '', DATABASE_LISTEN_URL: other })).toBe(other);
});
