import { beforeAll, expect, test } from 'vitest';
import { sourceId } from '../../src/source/source-id.js';
import { ask, until } from '../support/feed.js';
import { openGatedFeed } from '../support/feed-server.js';
import { untilBlocked } from '../support/locks.js';

/** The keys of the advisory locks of the log, and of new ids. */
const [LOG, IDS] = [7_370_001, 7_370_003];
const RECORD = `mutation($name: String!) { recordOrganisation(input: {
  kind: MINISTRY, names: { en: $name }, source: { title: "Test", publisher: "Test" } }) { organisation { id } userErrors { code } } }`;

const { gate, watcher, feed } = await openGatedFeed();
// Two that cite a new source would wait for each other at this.
beforeAll(() => ask(feed.url, RECORD, { name: 'Source' }));

/** Returns which locks transactions wait for: of the log, or of new ids. */
async function waits(): Promise<string[]> {
  const { rows } = await watcher.query<{
    log: boolean;
    ids: boolean;
  }>(`select objid = ${LOG} as log, classid = ${IDS} as ids
    from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`);
  return rows.map(({ log, ids }) => (log ? 'log' : ids ? 'ids' : 'other')).sort();
}

// Each pair has a name of its own.
test.each([
  ['numbers', 'Numbers 1', 'Numbers 2', ['log', 'log'], ['org-numbers-1', 'org-numbers-2']],
  ['same', 'Same', 'Same', ['ids', 'log'], ['org-same', 'org-same-2']],
  ['shorter', 'Shorter', 'Shorter 2', ['ids', 'log'], ['org-shorter', 'org-shorter-2']],
  ['longer', 'Longer 2', 'Longer', ['ids', 'log'], ['org-longer-2', 'org-longer']],
  ['deeper', 'Deeper 2', 'Deeper 2 3', ['ids', 'log'], ['org-deeper-2', 'org-deeper-2-3']],
] as const)(
  'two new names at once, %s: they wait for each other if one could get the id of the other',
  async (...args) => {
    const [, first, second, expected, ids] = args;
    await gate.query('begin');
    await gate.query('select pg_advisory_xact_lock($1)', [LOG]);
    const recording = [ask(feed.url, RECORD, { name: first })];
    await until('the first waits for the log', async () => (await waits()).includes('log'));
    recording.push(ask(feed.url, RECORD, { name: second }));
    await until('both wait', async () => (await waits()).length === 2);
    const waited = await waits();
    await gate.query('commit');
    const recorded = await Promise.all(recording);
    expect(waited).toEqual(expected);
    expect(recorded.map(({ recordOrganisation }) => recordOrganisation.organisation.id)).toEqual(ids);
  },
);

test('a source whose id another transaction takes meanwhile gets a longer one', async () => {
  const source = { title: 'Taken at once', publisher: 'Test' };
  const facts = { ...source, url: null, publishedOn: null };
  await gate.query('begin');
  await gate.query(`insert into source (id, title, publisher) values ($1, 'Another', 'Else')`, [sourceId(facts, 16)]);
  const recording = ask(
    feed.url,
    `mutation($source: SourceInput!) { recordOrganisation(input: { kind: MINISTRY, names: { en: "Cites" }, source: $source }) {
      userErrors { code } organisation { citations { source { id title } } } } }`,
    { source },
  );
  await untilBlocked(watcher, { except: [gate] });
  await gate.query('commit');
  expect((await recording).recordOrganisation).toEqual({
    userErrors: [],
    organisation: { citations: [{ source: { id: sourceId(facts, 32), title: source.title } }] },
  });
});
