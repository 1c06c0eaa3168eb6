import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { ask, idOf, latest, pagesAfter, until } from '../support/feed.js';
import { copyOfRegister, type Feed, openFeed } from '../support/feed-server.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(60_000, 600_000) });

let session: Client;
let watcher: Client;
let feed: Feed;
const logged: string[] = [];
beforeAll(async () => {
  const url = await copyOfRegister();
  [session, watcher] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  await Promise.all([session.connect(), watcher.connect()]);
  // The one who waited for this long is given up; the other, who has just begun to wait, goes on.
  await session.query(`alter database ${session.database} set deadlock_timeout = '300ms'`);
  // Under the weaker default a transaction waits where this one cannot be serialised.
  await session.query(`alter database ${session.database} set default_transaction_isolation = 'repeatable read'`);
  feed = await openFeed(url, message => logged.push(String(message)));
});
afterAll(async () => {
  await feed?.close();
  await Promise.all([session?.end(), watcher?.end()]);
});

/** How often a transaction began: the first thing that one with a key does is to claim it. */
let begun = 0;
const count = (message: unknown) => {
  if ((message as StatementEvent).text.startsWith('insert into idempotent_answer')) begun += 1;
};
beforeEach(() => {
  begun = 0;
  statementChannel.subscribe(count);
  return () => statementChannel.unsubscribe(count);
});

const REVISE = `mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) {
  partnership { version notes } change { cursor } userErrors { code message } } }`;
const revise = async (input: Json): Promise<Json> =>
  (await ask(feed.url, REVISE, { input: { id: 'tie-rotterdam-shanghai', reason: 'test', ...input } }))
    .revisePartnership;

/** The key under which writers wait for each other before they write to the log. */
const LOG_LOCK = 7_370_001;

/** Waits for a mutation that has the tie and waits for the log, then waits for the tie: in a circle. */
async function crossed(): Promise<void> {
  await until('the mutation waits for the log', async () => {
    const { rows } = await watcher.query("select 1 from pg_locks where locktype = 'advisory' and not granted");
    return rows.length > 0;
  });
  await session.query("select 1 from partnership where id = 'tie-rotterdam-shanghai' for update");
}

test('a transaction that a deadlock gave up is made again as a whole', async () => {
  const start = await latest(feed.url);
  await session.query('begin isolation level read committed');
  await session.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
  const revised = revise({ expectedVersion: 1, notes: 'Once', idempotencyKey: 'crossed' });
  await crossed();
  await session.query('commit');
  expect(await revised).toMatchObject({ partnership: { version: 2, notes: 'Once' }, userErrors: [] });
  expect(begun).toBe(2);
  expect(await pagesAfter(feed.url, start)).toHaveLength(1);
});

test('after three retries the client is told to try again, and nothing is written', async () => {
  const start = await latest(feed.url);
  const revised = revise({ expectedVersion: 2, notes: 'Never', idempotencyKey: 'always crossed' });
  const outcome = revised.then(
    () => 'made',
    error => String(error),
  );
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await session.query('begin isolation level read committed');
    await session.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
    await crossed();
    await session.query('commit');
  }
  expect(await outcome).toContain('SERVICE_UNAVAILABLE');
  expect(begun).toBe(4);
  expect(logged).toEqual(['the database cannot answer now']);
  expect(await pagesAfter(feed.url, start)).toEqual([]);
});

test('transactions that cannot be serialised are made again: of two calls with one key one takes effect', async () => {
  const start = await latest(feed.url);
  const pairs = times(20, 1_000);
  for (let pair = 0; pair < pairs; pair += 1) {
    const input = { expectedVersion: 2 + pair, notes: `Pair ${pair}`, idempotencyKey: `pair ${pair}` };
    const [one, other] = await Promise.all([revise(input), revise(input)]);
    expect(one).toMatchObject({ partnership: { version: 3 + pair }, userErrors: [] });
    expect(other).toEqual(one);
  }
  // Else none of this was tried.
  expect(begun).toBeGreaterThan(2 * pairs);
  const changes = await pagesAfter(feed.url, start);
  expect(changes.map(({ cursor }) => idOf(cursor))).toHaveLength(pairs);
});
