import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { testApi } from '../support/api.js';

const { ask, database } = testApi();
const run = (statement: string) => queryRows<{ name: string }>(database().em.fork(), sql`${raw(statement)}`);

type Query = [by: string, keys: string, args: string];
const FIRST: Query = ['[STATUS, STARTED_DECADE]', 'status startedDecade', ''];
const QUERIES: Query[] = [
  FIRST,
  ['[STARTED_YEAR, STATUS]', 'startedYear status', ', orderBy: { field: COUNT, direction: DESC }, first: 7'],
  ['[STATUS]', 'status', ', having: { gte: 2 }'],
  ['[STARTED_DECADE, STATUS, STARTED_YEAR]', 'startedDecade status startedYear', ''],
];
const groups = async ([by, keys, args]: Query) => {
  const { data, errors, statements } = await ask(`{ exchangeGroups(by: ${by}${args}) { ${keys} count } }`);
  expect([errors, statements.length]).toEqual([undefined, 1]);
  return { rows: data.exchangeGroups, isByValue: statements[0]?.includes('code.value') };
};

test('groups of a large list are counted value by value, and are those of the rows', async () => {
  expect(await groups(FIRST)).toMatchObject({ isByValue: false });
  const stored = await run(`select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'exchange' and is_generated = 'NEVER' and column_name <> 'id'`);
  const columns = stored.map(({ name }) => name).join();
  await run('alter table exchange disable trigger user');
  await run(`insert into exchange (id, ${columns})
    select id || '-' || n, ${columns} from exchange, generate_series(1, 60) n`);
  for (const [by, keys, args] of QUERIES) {
    const filtered = await groups([by, keys, `${args}, filter: { kind: { notIn: [] } }`]);
    expect(filtered.isByValue).toBe(false);
    expect(await groups([by, keys, args])).toEqual({ rows: filtered.rows, isByValue: true });
  }
});
