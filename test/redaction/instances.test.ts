import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey } from '../../src/access/key.js';
import { changeCursor, decodeChangeCursor, LOG_START } from '../../src/change/cursor.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, latest, until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';

/** Two instances over one PostgreSQL, with caches: what one redacts, the other forgets. */
const NAME = 'Jan Zonderling';
const REDACT = `mutation($input: RedactFieldInput!) { redactField(input: $input) {
  changes { cursor } userErrors { message } } }`;
const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  organisation { version } change { cursor } userErrors { code message } } }`;
const RECORD = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
  organisation { id } userErrors { code message } } }`;
const READ = '{ organisation(id: "org-vng") { version notes } }';

let client: Client;
const instances: Feed[] = [];
beforeAll(async () => {
  const database = await copyOnPostgreSql();
  client = new Client({ connectionString: database });
  await client.connect();
  for (let n = 0; n < 2; n += 1) instances.push(await openFeed(database, console.error, { cacheBytes: 1_000_000 }));
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  await client.end();
});

const [first, second] = [() => instances[0] as Feed, () => instances[1] as Feed];

async function revise({ url }: Feed, input: Json): Promise<Json> {
  const { version } = (await client.query(`select version from organisation where id = 'org-vng'`)).rows[0];
  return (await ask(url, REVISE, { input: { id: 'org-vng', expectedVersion: version, ...input } })).reviseOrganisation;
}

async function redact({ url }: Feed, passage = NAME): Promise<string[]> {
  const { changes, userErrors } = (await ask(url, REDACT, { input: { passage, reason: 'AVG' } })).redactField;
  expect(userErrors).toEqual([]);
  return changes.map(({ cursor }: Json) => cursor);
}

/** Reads as a client without a key does: out of the cache where it can be. */
async function read({ url }: Feed, knownAt?: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const path = knownAt === undefined ? '/graphql' : `/graphql?knownAt=${knownAt}`;
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify({ query: READ }) });
  return response.text();
}

async function untilRead({ stream }: Feed, cursor: string | undefined): Promise<void> {
  const { id } = decodeChangeCursor(cursor as string);
  await until('the instance has read the change', async () => stream.newest.id >= id);
}

/** Resolves once so many transactions wait for a lock. */
function untilWaiting(count: number): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return until(`${count} transactions wait`, async () => {
    // In a transaction, the sessions would be those of the first look, without any opened later.
    await client.query('select pg_stat_clear_snapshot()');
    return (await client.query(waiting)).rows.length === count;
  });
}

test('no instance answers from its cache what was redacted', async () => {
  const { change } = await revise(first(), { notes: `Led by ${NAME}.` });
  await untilRead(second(), change.cursor);
  for (const instance of instances) for (let n = 0; n < 2; n += 1) expect(await read(instance)).toContain(NAME);
  const [cursor] = await redact(first());
  expect(await read(first())).toContain('Led by [redacted].');
  await untilRead(second(), cursor);
  expect(await read(second())).toContain('Led by [redacted].');
});

test('no instance answers from its cache about a past moment, whose answers no other change makes outdated', async () => {
  const { change } = await revise(first(), { notes: `Once led by ${NAME}.` });
  const later = await revise(first(), { notes: 'Led by a person.' });
  await untilRead(second(), later.change.cursor);
  for (const instance of instances)
    for (let n = 0; n < 2; n += 1) expect(await read(instance, change.cursor)).toContain(`Once led by ${NAME}.`);
  const [cursor] = await redact(first());
  await untilRead(second(), cursor);
  for (const instance of instances) expect(await read(instance, change.cursor)).toContain('Once led by [redacted].');
});

test('no instance answers from its cache the redacted name of a key, which is no change of the log', async () => {
  const { change } = await revise(first(), { notes: 'Written with a key.' });
  const { id: key, hash } = newKey();
  await client.query(`insert into access_key (id, name, hash, scopes) values ($1, $2, $3, '{organisation:write}')`, [
    key,
    `Key of ${NAME}`,
    hash,
  ]);
  await client.query('update change set actor = $1 where id = $2', [
    `key:${key}`,
    decodeChangeCursor(change.cursor).id,
  ]);
  await untilRead(second(), change.cursor);
  const query = '{ organisation(id: "org-vng") { history(last: 1) { nodes { actorName } } } }';
  const names = async () => {
    const answers = [ask(second().url, query), ask(second().url, query, {}, { 'Register-Known-At': change.cursor })];
    return (await Promise.all(answers)).map(({ organisation }) => organisation.history.nodes[0].actorName);
  };
  for (let n = 0; n < 2; n += 1) expect(await names()).toEqual([`Key of ${NAME}`, `Key of ${NAME}`]);
  expect(await redact(first(), `Key of ${NAME}`)).toEqual([]);
  expect(await names()).toEqual(['[redacted]', '[redacted]']);
});

test('a subscriber that is behind receives the earlier changes without it, and a change of the kind REDACTED', async () => {
  const { stream } = second();
  const start = await latest(second().url);
  await revise(first(), { notes: `First by ${NAME}.` });
  const { change } = await revise(first(), { notes: `Second by ${NAME}.` });
  await untilRead(second(), change.cursor);
  // Both have a page with the name in memory: of the buffer, and of the log.
  const filter = { subjectIds: ['org-vng'] };
  const subscribers = [decodeChangeCursor(start), LOG_START].map(position =>
    stream.subscribe(position, { filter, withFields: true }),
  );
  for (const subscriber of subscribers) {
    let text = '';
    while (!text.includes(`First by ${NAME}.`)) text = JSON.stringify(await subscriber.next());
  }
  const [cursor] = await redact(first());
  await untilRead(second(), cursor);
  for (const subscriber of subscribers) {
    const events: Json[] = [];
    while (events.at(-1)?.kind !== 'REDACTED') events.push((await subscriber.next()).value);
    expect(events.map(({ kind }) => kind)).toEqual(['REVISED', 'REDACTED']);
    expect(changeCursor(events[1])).toBe(cursor);
    expect(JSON.stringify(events)).not.toContain(NAME);
    expect(JSON.stringify(events[0].fields)).toContain('Second by [redacted].');
    await subscriber.return();
  }
});

test('a writer that read it before does not bring it back', async () => {
  const source = { title: `Interview with ${NAME}`, publisher: 'De Krant' };
  await revise(first(), { notes: 'Before.', source });
  // Holds the log: writers wait for it after they have read citations, and after they have cited the source.
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock(7370001)');
  const writing = [
    revise(second(), { notes: 'After.', source: { title: 'Another', publisher: 'De Krant' } }),
    ask(second().url, RECORD, { input: { kind: 'MINISTRY', names: { en: 'Cites it, too' }, source } }).then(
      ({ recordOrganisation }) => recordOrganisation,
    ),
  ];
  await untilWaiting(2);
  const redacting = redact(first());
  await untilWaiting(3);
  await client.query('commit');
  for (const { userErrors } of await Promise.all(writing)) expect(userErrors).toEqual([]);
  expect(await redacting).toHaveLength(2);
  const { rows } = await client.query(`select c::text from change c where c::text like '%Zonderling%'
    union all select s::text from source s where s::text like '%Zonderling%'`);
  expect(rows).toEqual([]);
});

test('a writer that saw it before has the version of before, and is refused', async () => {
  await revise(first(), { notes: `Again by ${NAME}.` });
  const { version } = (await client.query(`select version from organisation where id = 'org-vng'`)).rows[0];
  await redact(first());
  const input = { id: 'org-vng', expectedVersion: version, notes: `Still by ${NAME}.` };
  const { userErrors } = (await ask(second().url, REVISE, { input })).reviseOrganisation;
  expect(userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});
