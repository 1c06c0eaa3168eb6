import { Client, type Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { poolOf } from '../../src/graph/sql/pool.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, idOf, latest, pagesAfter } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { untilBlocked } from '../support/locks.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(60_000, 600_000) });

/** Sessions of other writers; `watcher` only looks at the locks. */
let session: Client;
let gate: Client;
let watcher: Client;
let feed: Feed;
const logged: string[] = [];
beforeAll(async () => {
  const url = await copyOnPostgreSql();
  [session, gate, watcher] = [1, 2, 3].map(() => new Client({ connectionString: url })) as [Client, Client, Client];
  await Promise.all([session, gate, watcher].map(client => client.connect()));
  await session.query(`alter database ${session.database} set deadlock_timeout = '300ms'`);
  // The server ends the transaction that detects a deadlock: never the one of this session.
  await session.query("set deadlock_timeout = '1h'");
  feed = await openFeed(url, message => logged.push(String(message)));
  // In that of the server a transaction waits where one of this isolation cannot be serialised.
  (await poolOf<Pool>(feed.database.em)).on('acquire', client =>
    client.query("set default_transaction_isolation = 'repeatable read'"),
  );
});
afterAll(async () => {
  await feed?.close();
  await Promise.all([session, gate, watcher].map(client => client?.end()));
});

/** Counts the transactions that began: the first statement of one with a key claims the key. */
let begun = 0;
const count = (message: unknown) => {
  if ((message as StatementEvent).text.includes('insert into idempotent_answer')) begun += 1;
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

/** The key of the advisory lock that writers take before they write to the log. */
const LOG_LOCK = 7_370_001;

test('a transaction aborted by a deadlock is retried as a whole', async () => {
  const start = await latest(feed.url);
  await session.query('begin isolation level read committed');
  await session.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
  await gate.query('begin isolation level read committed');
  await gate.query('lock table citation in share row exclusive mode');
  const source = { title: 'Minutes', publisher: 'Rotterdam' };
  const revised = revise({ expectedVersion: 1, notes: 'Once', source, idempotencyKey: 'crossed' });
  // The mutation has locked the partnership and waits at the gate; then this session waits for the partnership.
  await untilBlocked(watcher, { except: [session, gate] });
  const locked = session.query("select 1 from partnership where id = 'tie-rotterdam-shanghai' for update");
  await untilBlocked(watcher, { client: session });
  // Past the gate the mutation waits for the log: the circle is closed, and the mutation is the one to detect it.
  await gate.query('commit');
  await locked;
  await session.query('commit');
  expect(await revised).toMatchObject({ partnership: { version: 2, notes: 'Once' }, userErrors: [] });
  expect(begun).toBe(2);
  expect(await pagesAfter(feed.url, start)).toHaveLength(1);
});

test('after three retries the client receives SERVICE_UNAVAILABLE, and nothing is written', async () => {
  const start = await latest(feed.url);
  let [holder, next] = [session, gate];
  const write = "update partnership set notes = notes where id = 'tie-rotterdam-shanghai'";
  await holder.query('begin isolation level read committed');
  await holder.query(write);
  const revised = revise({ expectedVersion: 2, notes: 'Never', idempotencyKey: 'always crossed' });
  const outcome = revised.then(
    () => 'written',
    error => String(error),
  );
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await untilBlocked(watcher, { except: [session, gate] });
    // The next writer queues behind the mutation, so that no retry finds the partnership unlocked.
    await next.query('begin isolation level read committed');
    const written = next.query(write);
    await untilBlocked(watcher, { client: next });
    await holder.query('commit');
    await written;
    [holder, next] = [next, holder];
  }
  expect(await outcome).toContain('SERVICE_UNAVAILABLE');
  await holder.query('rollback');
  expect(begun).toBe(4);
  expect(logged).toEqual(['the database cannot answer now']);
  expect(await pagesAfter(feed.url, start)).toEqual([]);
});

test('transactions aborted by a serialisation failure are retried: two calls with the same key take effect once', async () => {
  const start = await latest(feed.url);
  const pairs = times(20, 1_000);
  for (let pair = 0; pair < pairs; pair += 1) {
    const input = { expectedVersion: 2 + pair, notes: `Pair ${pair}`, idempotencyKey: `pair ${pair}` };
    const [first, second] = await Promise.all([revise(input), revise(input)]);
    expect(first).toMatchObject({ partnership: { version: 3 + pair }, userErrors: [] });
    expect(second).toEqual(first);
  }
  // Checks that retries took place.
  expect(begun).toBeGreaterThan(2 * pairs);
  const changes = await pagesAfter(feed.url, start);
  expect(changes.map(({ cursor }) => idOf(cursor))).toHaveLength(pairs);
});
