import type { GraphQLEnumType } from 'graphql';
import sql, { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { createSchema } from '../../src/schema.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, type Json, recordField } from '../support/calls.js';

const { ask, database } = testApi();

const schema = await createSchema();
const orderFields = (concept: string) =>
  (schema.getType(`${concept}OrderField`) as GraphQLEnumType).getValues().map(({ name }) => name);

/** The longest names: 300 hanzi, 150 characters of two code units each, and one letter of each kind. */
const NAMES = ['友'.repeat(300), '𠀀'.repeat(150), `${'友'.repeat(299)}好`, 'x'.repeat(300)];
const LISTS: [list: string, concept: string][] = [
  ['authorities', 'Authority'],
  ['organisations', 'Organisation'],
  ['programmes', 'Programme'],
  ['exchanges', 'Exchange'],
  ['partnerships', 'Partnership'],
];
/** The ids of the records with the longest names, by list. */
const ids: Record<string, string[]> = {};

async function record(mutation: string, input: Json): Promise<string> {
  const { data, errors } = await ask(brief(mutation), { input }, ADMIN);
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation][recordField(mutation)].id;
}

beforeAll(async () => {
  const all = async (list: string, each: (name: string, index: number) => Promise<string>) => {
    ids[list] = [];
    for (const [index, name] of NAMES.entries()) ids[list].push(await each(name, index));
  };
  await all('organisations', en => record('recordOrganisation', { kind: 'MINISTRY', names: { en } }));
  await all('programmes', en => record('recordProgramme', { names: { en } }));
  await all('exchanges', en => record('recordExchange', { kind: 'CULTURAL', status: 'HELD', title: { en } }));
  const dutch: string[] = [];
  await all('authorities', async en => {
    dutch.push(await record('recordAuthority', { dutchLevel: 'MUNICIPALITY', names: { en } }));
    return record('recordAuthority', { chineseLevel: 'COUNTY', names: { en } });
  });
  const chinese = ids.authorities as string[];
  await all('partnerships', (_, index) =>
    record('recordPartnership', { kind: 'FRIENDSHIP', dutch: dutch[index], chinese: chinese[index] }),
  );
});

async function page(list: string, concept: string, variables: Json): Promise<Json> {
  const query = `query($filter: ${concept}Filter, $orderBy: [${concept}Order!], $first: Int, $after: String, $last: Int, $before: String) {
    ${list}(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  const { data, errors } = await ask(query, { filter: { id: { in: ids[list] } }, ...variables });
  expect(errors).toBeUndefined();
  return data[list];
}

/** Walks a list in pages of one, and returns the ids in the order of the list. */
async function walk(list: string, concept: string, orderBy: Json, backwards: boolean): Promise<string[]> {
  const walked: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const position: Json = backwards ? { last: 1, before: cursor } : { first: 1, after: cursor };
    const { edges, pageInfo } = await page(list, concept, { orderBy, ...position });
    walked.push(...edges.map(({ node }: Json) => node.id));
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return backwards ? walked.reverse() : walked;
  }
}

describe.each(LISTS)('%s with the longest names', (list, concept) => {
  test.each(orderFields(concept))('are walked in the order of %s, forwards and back', async field => {
    for (const direction of ['ASC', 'DESC']) {
      const orderBy = [{ field, direction }];
      const forwards = await walk(list, concept, orderBy, false);
      expect([...forwards].sort()).toEqual([...(ids[list] as string[])].sort());
      expect(await walk(list, concept, orderBy, true)).toEqual(forwards);
    }
  });
});

test('the cursor of an order by two names is accepted', async () => {
  const orderBy = ['DUTCH_NAME', 'CHINESE_NAME', 'UPDATED_AT', 'LAST_EVIDENCE_ON'].map(field => ({ field }));
  const forwards = await walk('partnerships', 'Partnership', orderBy, false);
  expect(forwards).toHaveLength(NAMES.length);
  expect(await walk('partnerships', 'Partnership', orderBy, true)).toEqual(forwards);
});

test('search walks over them too', async () => {
  const query = `query($after: String) { search(query: "${'友'.repeat(20)}", first: 1, after: $after) {
    edges { cursor node { ... on Node { id } } } pageInfo { endCursor hasNextPage } } }`;
  const seen = new Set<string>();
  for (let after: string | null = null; ; ) {
    const { data, errors } = await ask(query, { after });
    expect(errors).toBeUndefined();
    for (const { node } of data.search.edges) seen.add(node.id);
    if (!data.search.pageInfo.hasNextPage) break;
    after = data.search.pageInfo.endCursor;
  }
  // Two names of each concept, of the Dutch authorities too.
  expect(seen.size).toBeGreaterThanOrEqual(2 * LISTS.length);
});

test('the migration cuts the sort names of before as the code does', async () => {
  const [id] = ids.organisations as [string];
  const longName = '𠀀'.repeat(500);
  const { orm, em } = database();
  const migrations = ['Migration20261125100000'];
  await orm.migrator.down({ migrations });
  for (const table of ['organisation', 'search_document']) {
    await queryRows(em.fork(), sql`update ${raw(table)} set sort_name = ${longName} where id = ${id}`);
  }
  await orm.migrator.up({ migrations });
  for (const table of ['organisation', 'search_document']) {
    const query = sql`select sort_name as "sortName" from ${raw(table)} where id = ${id}`;
    const [row] = await queryRows<{ sortName: string }>(em.fork(), query);
    expect(row?.sortName).toBe('𠀀'.repeat(200));
  }
});
