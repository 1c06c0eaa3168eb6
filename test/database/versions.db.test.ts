import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { SHARED_TABLES, TABLES } from '../../src/change/versions.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { ADMIN, testApi } from '../support/api.js';
import { allCalls, brief } from '../support/calls.js';

const { ask, database } = testApi();
const tables = [...Object.keys(TABLES), ...SHARED_TABLES];

/** Runs statements in a transaction that is rolled back, and returns the rows of the last one. */
async function rows<Row>(...texts: string[]): Promise<Row[]> {
  const transaction = await openTransaction(database().em.fork());
  try {
    let last: Row[] = [];
    for (const text of texts) last = await queryRows<Row>(transaction.em, sql`${raw(text)}`);
    return last;
  } finally {
    await transaction.rollback();
  }
}

/** The columns of a table whose view has others besides. */
const columnsOf: Record<string, string> = { search_document: 'id, type, sort_name, names, title, terms, fields' };

/** Returns the content of all tables, in the present or after a change. */
async function content(changeId?: number): Promise<Record<string, string>> {
  const enter = `select set_config('search_path', 'past, public', true), set_config('register.at', '${changeId}', true)`;
  const texts = tables.map(
    table =>
      `(select string_agg(t::text, E'\\n' order by t::text) from (select ${columnsOf[table] ?? '*'} from ${table}) t) as ${table}`,
  );
  const [all] = await rows<Record<string, string>>(
    ...(changeId === undefined ? [] : [enter]),
    `select ${texts.join(', ')}`,
  );
  return all as Record<string, string>;
}

const newest = async () => (await rows<{ id: number }>('select max(id)::int as id from change'))[0]?.id as number;

test('every table that a read can touch has versions and a view of the same columns', async () => {
  const columns = await rows<{ schema: string; name: string; columns: string[] }>(`
    select nspname as schema, relname as name, array_agg(attname || ' ' || format_type(atttypid, atttypmod) || ' ' ||
      case when nspname = 'past' then '' else attnotnull::text end || ' ' || attcollation::text order by attnum) as columns
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_attribute on attrelid = pg_class.oid
    where relkind in ('r', 'v') and attnum > 0 and not attisdropped and attname not in ('known_from', 'known_until')
      and nspname in ('public', 'history', 'past') and attname <> 'version_key' group by 1, 2`);
  const of = (schema: string) =>
    Object.fromEntries(columns.filter(c => c.schema === schema).map(c => [c.name, c.columns]));
  const [present, history, past] = [of('public'), of('history'), of('past')];
  expect(Object.keys(past).sort()).toEqual([...tables, 'record_terms'].toSorted());
  for (const table of tables) {
    expect([table, past[table]]).toEqual([
      table,
      present[table]?.map(column => column.replace(/ (?:true|false) /, '  ')),
    ]);
    if (table !== 'change') expect([table, history[table]?.toSorted()]).toEqual([table, present[table]?.toSorted()]);
  }
});

test('each index of a table is one of its versions, too, and its B-tree indexes tell the moments of a version', async () => {
  const indexes = await rows<{ schema: string; table: string; tree: boolean; columns: string[] }>(`
    select nspname as schema, t.relname as table, amname = 'btree' as tree,
      array(select pg_get_indexdef(indexrelid, place, true) from generate_series(1, indnkeyatts) place) as columns
    from pg_index join pg_class t on t.oid = indrelid join pg_class i on i.oid = indexrelid join pg_am on pg_am.oid = i.relam
    join pg_namespace on pg_namespace.oid = t.relnamespace
    where nspname in ('public', 'history') and not indisprimary`);
  const of = (schema: string, name: string) =>
    indexes
      .filter(({ schema: of, table }) => of === schema && table === name)
      .map(({ tree, columns }) => ({ tree, columns: columns.join() }));
  for (const table of tables.filter(name => name !== 'change')) {
    // A run of versions has their terms; it finds a version by its key.
    const expected = of('public', table).map(({ tree, columns }) =>
      tree
        ? `${columns},known_from,known_until`
        : columns === 'terms'
          ? 'hashtextextended(id, known_from::bigint)'
          : columns,
    );
    if (of('public', table).some(({ tree }) => tree)) expected.push('known_until,known_from');
    expect([table, new Set(of('history', table).map(({ columns }) => columns))]).toEqual([table, new Set(expected)]);
  }
});

test('the register is as it was after each change', async () => {
  const states = new Map([[await newest(), await content()]]);
  for (const { mutation, input } of allCalls) {
    for (const dryRun of [true, false]) {
      const { data } = await ask(brief(mutation), { input: { ...input, dryRun } }, ADMIN);
      expect(data[mutation].userErrors).toEqual([]);
    }
    states.set(await newest(), await content());
  }
  expect(states.size).toBe(allCalls.length + 1);
  for (const [changeId, state] of states) expect(await content(changeId)).toEqual(state);
});

/** Statements that append a change, as `change/log.ts` does. */
const CHANGE = `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
  values ('REVISED', 'admin', 'AUTHORITY', 'nl-breda', 1, '{}', '[]') returning id`;
const versionsOf = (id: string) => `select wikidata_id as value, known_from - (select max(id) from change) as "from",
  case when known_until = 2147483647 then null else known_until - (select max(id) from change) end as until
  from history.authority where id = '${id}' order by known_from desc limit 3`;
const setCode = (value: string) => `update authority set wikidata_id = '${value}' where id = 'nl-breda'`;

test('a row that one change writes several times has one version, and one that is as before has none', async () => {
  const [before] = await rows<{ wikidata_id: string }>(`select wikidata_id from authority where id = 'nl-breda'`);
  const [first, second] = await rows<object>(setCode('Q1'), setCode('Q2'), CHANGE, versionsOf('nl-breda'));
  expect(first).toEqual({ value: 'Q2', from: 0, until: null });
  expect(second).toMatchObject({ value: before?.wikidata_id, until: 0 });
  const unchanged = await rows<{ until: null }>(
    setCode('Q1'),
    setCode(`${before?.wikidata_id}`),
    CHANGE,
    versionsOf('nl-breda'),
  );
  expect(unchanged).toMatchObject([{ value: before?.wikidata_id, until: null }]);
});

test('each change of a transaction has the versions of what was written since the one before', async () => {
  const versions = await rows<object>(setCode('Q1'), CHANGE, setCode('Q2'), CHANGE, CHANGE, versionsOf('nl-breda'));
  expect(versions.slice(0, 2)).toEqual([
    { value: 'Q2', from: -1, until: null },
    { value: 'Q1', from: -2, until: -1 },
  ]);
});

const SOURCE = `insert into source (id, title, publisher) values ('src-x', 'x', 'y')`;
const sourceVersions = `select known_until - known_from as changes from history.source where id = 'src-x'`;

test('a row that was inserted and deleted within one change has no version, and one that is inserted again has another', async () => {
  const remove = `delete from source where id = 'src-x'`;
  expect(await rows(SOURCE, remove, CHANGE, sourceVersions)).toEqual([]);
  const versions = await rows<{ changes: number }>(
    SOURCE,
    CHANGE,
    remove,
    SOURCE,
    CHANGE,
    remove,
    CHANGE,
    SOURCE,
    CHANGE,
    sourceVersions,
  );
  expect(versions.map(({ changes }) => changes > 2)).toEqual([false, true]);
});

test('what was rolled back to a savepoint has no version', async () => {
  const all = await rows<object>(
    SOURCE,
    'savepoint s',
    setCode('Q1'),
    'rollback to savepoint s',
    CHANGE,
    versionsOf('nl-breda'),
  );
  expect(all).toMatchObject([{ until: null }]);
  expect(
    await rows(SOURCE, 'savepoint s', setCode('Q1'), 'rollback to savepoint s', CHANGE, sourceVersions),
  ).toHaveLength(1);
});

test('more rows than a transaction notes have their versions, too', async () => {
  const many = `insert into source (id, title, publisher) select 'src-many-' || n, 'many', 'y' || n from generate_series(1, 20000) n`;
  const counts = `select count(*)::int as count, count(distinct known_from)::int as changes from history.source where title = 'many'`;
  expect(await rows(many, CHANGE, CHANGE, counts)).toEqual([{ count: 20_000, changes: 1 }]);
});

test('a role that may write the tables needs no right on their versions', async () => {
  const role = [
    'create role writer',
    'grant select, insert, update on all tables in schema public to writer',
    'set local role writer',
  ];
  const [version] = await rows<object>(...role, setCode('Q3'), CHANGE, 'reset role', versionsOf('nl-breda'));
  expect(version).toEqual({ value: 'Q3', from: 0, until: null });
});

test('a role that may write the tables writes proposals, with their versions', async () => {
  const role = [
    'create role writer',
    'grant select, insert, update on all tables in schema public to writer',
    'set local role writer',
  ];
  const proposal = `insert into proposal (id, concept, origin, policy, proposer, basis, counts)
    values ('proposal-aa', 'EXCHANGE', 'FILE', 'UPSERT', 'key:1', '', '{}')`;
  const item = `insert into proposal_item (id, proposal_id, number, place, verdict, proposed, fields, candidates, problems)
    values ('proposal-aa-1', 'proposal-aa', 1, 'row 1', 'SAME', '{}', '[]', '[]', '[]')`;
  const versions = `select (select count(*)::int from history.proposal) as proposals,
    (select count(*)::int from history.proposal_item) as items`;
  expect(await rows(...role, proposal, item, CHANGE, 'reset role', versions)).toEqual([{ proposals: 1, items: 1 }]);
});

test('a migration adds a column to the versions by one call', async () => {
  const add = [
    `alter table organisation add column rank integer not null default 7, add column motto text collate "C",
      add column initial text generated always as (left(sort_name, 1)) stored`,
    `update organisation set rank = 8 where id = (select min(id) from organisation)`,
    `select history.keep_versions('organisation')`,
  ];
  const read = `select (select array_agg(distinct rank order by rank) from history.organisation) as ranks,
    (select bool_and(initial = left(sort_name, 1)) from history.organisation) as "isGenerated",
    (select count(*)::int from past.organisation) as count, (select count(*)::int from organisation) as present`;
  const at = `select set_config('register.at', (select max(id)::text from change), true)`;
  const [added] = await rows<Record<string, unknown>>(...add, at, read);
  expect(added).toMatchObject({ ranks: [7, 8], isGenerated: true, count: added?.present });
  const write = [
    `update organisation set motto = 'x'`,
    CHANGE,
    'select distinct motto from history.organisation where known_until = 2147483647',
  ];
  expect(await rows(...add, ...write)).toEqual([{ motto: 'x' }]);
  const drop = ['alter table organisation drop column rank', `select history.keep_versions('organisation')`];
  await expect(rows(...add, ...drop, 'select rank from history.organisation')).rejects.toThrow('rank');
});

test('what a migration writes without a change is not known after the changes before it', async () => {
  const write = [setCode('Q9'), `select history.restate('authority')`];
  const at = `select set_config('register.at', (select max(id)::text from change), true)`;
  const read = `select wikidata_id as value from past.authority where id = 'nl-breda'`;
  const [before] = await rows(at, read);
  expect(await rows(...write, at, read)).toEqual([before]);
  expect(await rows(...write, CHANGE, at, read)).toEqual([{ value: 'Q9' }]);
});
