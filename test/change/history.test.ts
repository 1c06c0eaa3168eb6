import { once } from 'node:events';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { allEventsOf, ask, idOf, latest, until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';

/** Two instances over one PostgreSQL, whose log goes back under them: a restore, or a failover that lost a tail. */
const ROUNDS = 20;
const FOLLOW = 'subscription { changes { cursor } }';
const READ = '{ organisation(id: "org-vng") { version notes } }';
const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  change { cursor } userErrors { message } } }`;

const logged: string[] = [];

/** Two instances on a register of their own, with a session of its database. */
async function openPair() {
  const database = await copyOnPostgreSql();
  const client = new Client({ connectionString: database });
  await client.connect();
  const log = (...told: unknown[]) => logged.push(told.join(' '));
  const open = () => openFeed(database, log, { cacheBytes: 1_000_000 });
  const pair = { a: await open(), b: await open(), client };
  onTestFinished(async () => {
    await pair.a.close();
    await pair.b.close();
    await client.end();
  });
  return pair;
}
type Pair = Awaited<ReturnType<typeof openPair>>;

/** A subscription until the server ends it: what came, and how it ended. */
interface Followed {
  cursors: string[];
  ended: Promise<Json>;
  close(): void;
}

async function overWebSocket({ url }: Feed): Promise<Followed> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const cursors: string[] = [];
  socket.on('message', data => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: FOLLOW } }));
    else cursors.push(payload?.data.changes.cursor ?? type);
  });
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  const ended = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  return { cursors, ended, close: () => socket.close() };
}

async function overEvents({ url }: Feed): Promise<Followed> {
  const control = new AbortController();
  const { signal } = control;
  const response = await fetch(`${url}/graphql/stream?query=${encodeURIComponent(FOLLOW)}`, { signal });
  const cursors: string[] = [];
  const ended = allEventsOf(response).then(events => {
    const last = events.pop();
    cursors.push(...events.map(({ id }) => id as string));
    return { event: last?.event, data: JSON.parse(last?.data ?? 'null') };
  });
  return { cursors, ended, close: () => control.abort() };
}

/** Reads as a client without a key does: out of the cache where it can be. */
async function read({ url }: Feed): Promise<Json> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: READ }),
  });
  return ((await response.json()) as Json).data.organisation;
}

async function stored({ client }: Pair): Promise<Json> {
  return (await client.query(`select version, notes from organisation where id = 'org-vng'`)).rows[0];
}

async function revise(pair: Pair, { url }: Feed, notes: string): Promise<string> {
  const { version } = await stored(pair);
  const input = { id: 'org-vng', expectedVersion: version, notes };
  const { change, userErrors } = (await ask(url, REVISE, { input })).reviseOrganisation;
  expect(userErrors).toEqual([]);
  return change.cursor;
}

/** The end of a version that is current. */
const CURRENT = 2 ** 31 - 1;

async function versionTables({ client }: Pair): Promise<string[]> {
  const { rows } = await client.query(
    `select table_name as name from information_schema.tables where table_schema = 'history'`,
  );
  return rows.map(({ name }) => name);
}

/** Takes the register back to what it was, and writes other changes; nobody is notified. */
async function loseTail(pair: Pair, cursor: string, { version, notes }: Json, others: number): Promise<void> {
  const { client } = pair;
  await client.query('begin');
  await client.query('delete from change where id > $1', [idOf(cursor)]);
  await client.query(`select setval(pg_get_serial_sequence('change', 'id'), $1)`, [idOf(cursor)]);
  for (const table of await versionTables(pair)) {
    await client.query(`delete from history.${table} where known_from > $1`, [idOf(cursor)]);
    await client.query(`update history.${table} set known_until = ${CURRENT} where known_until > $1`, [idOf(cursor)]);
  }
  await client.query(
    `update organisation set version = $1::int + $2::int, notes = case when $2::int > 0 then 'Other ' || $2 else $3 end where id = 'org-vng'`,
    [version, others, notes],
  );
  await client.query(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
     select 'REVISED', 'test', 'ORGANISATION', 'org-vng', $1::int + n, '{}', '[]' from generate_series(1, $2::int) n`,
    [version, others],
  );
  await client.query('commit');
}

/** Breaks all connections of the instances, as a failover does. */
const disconnect = ({ client }: Pair) =>
  client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );

/** Reads how often instances of this process noticed another history; tests of other files may have made them do so. */
async function changedTotal({ url }: Feed): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^stedenband_history_changed_total (\d+)$/m.exec(metrics)?.[1]);
}

/** Follows both instances, takes the log back under them, and follows them again. */
async function loseAndFollow(pair: Pair, round: number): Promise<void> {
  const { a, b } = pair;
  const common = await latest(a.url);
  const before = await stored(pair);
  const followed = await Promise.all([a, b].flatMap(instance => [overWebSocket(instance), overEvents(instance)]));
  await until('all follow', () => a.stream.size === 2 && b.stream.size === 2);
  const lost = [
    await revise(pair, a, `Lost ${round}`),
    await revise(pair, b, `Lost too ${round}`),
    await revise(pair, a, 'Lost again'),
  ];
  await until('all have read them', () => [a, b].every(({ stream }) => stream.newest.id === idOf(lost[2] as string)));
  for (const instance of [a, b]) expect(await read(instance)).toEqual(await stored(pair));

  const others = [0, 1, 3, 7][round % 4] as number;
  await loseTail(pair, common, before, others);
  // Without a lost connection the next poll notices it.
  if (round % 4) await disconnect(pair);
  const ends = await Promise.all(followed.map(({ ended }) => ended));
  // An instance that has ended its subscriptions serves nothing that was lost.
  const now = await stored(pair);
  for (const instance of [a, b]) expect([round, await read(instance)]).toEqual([round, now]);
  const socket = { code: 4410, reason: `History changed; last common ${common}` };
  const stream = { event: 'error', data: { code: 'HISTORY_CHANGED', lastCommon: common } };
  expect(ends).toEqual([socket, stream, socket, stream]);
  for (const { cursors } of followed) expect(cursors).toEqual(lost);

  // Clients that follow again receive each change of the present history once.
  const [again, againToo] = await Promise.all([overWebSocket(a), overWebSocket(b)]);
  await until('both follow', () => a.stream.size === 1 && b.stream.size === 1);
  const since = [await revise(pair, b, `Since ${round}`), await revise(pair, a, `Since too ${round}`)];
  await until('all came', () => [again, againToo].every(({ cursors }) => cursors.length === since.length));
  for (const { cursors } of [again, againToo]) expect(cursors).toEqual(since);
  for (const { close } of [again, againToo]) close();
  await until('nobody follows', () => a.stream.size === 0 && b.stream.size === 0);
}

test(`instances notice a log that lost its tail, ${ROUNDS} times: nothing stale, and all followers are told`, async () => {
  // A round waits for connections that come back, so pairs take turns at the same time.
  const pairs: Pair[] = [];
  while (pairs.length < 4) pairs.push(await openPair());
  const [{ a }] = pairs as [Pair];
  const changedBefore = await changedTotal(a);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const turns = pairs.map(async pair => {
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) await loseAndFollow(pair, round);
  });
  await Promise.all(turns);
  expect(logged.filter(line => line.includes('the log has lost changes'))).toHaveLength(2 * ROUNDS);
  // Both instances are of one process here.
  expect((await changedTotal(a)) - changedBefore).toBe(2 * ROUNDS);
}, 120_000);
