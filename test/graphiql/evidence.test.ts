import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { countedQueries, readCounted } from '../../src/graphiql/result/counted-records.js';
import { evidenceQuery } from '../../src/graphiql/result/evidence.js';
import { textOf } from '../../src/graphiql/result/objects.js';
import { questions } from '../support/questions.js';

const SCHEMA = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(SCHEMA, { assumeValidSDL: true });

test('the records behind counts are asked with the filter of the counts and its variables, a page at a time', async () => {
  const query = `query Q($on: PartialDate!, $limit: Int) {
    a: partnershipGroups(by: [STATUS], on: $on) { count }
    b: partnershipGroups(by: [KIND], filter: { statusOn: { on: $on, eq: ACTIVE } }) { count }
    c: partnershipGroups(by: [STATUS], filter: { statusOn: { on: $on, eq: ACTIVE } }) { count }
    partnerships(first: $limit) { totalCount }
  }`;
  const queries = countedQueries({ query }, 'nl');
  expect(queries).toHaveLength(2);
  for (const counted of queries) expect(validate(schema, parse(counted))).toEqual([]);

  const sent: object[] = [];
  const records = await readCounted(
    schema,
    { query, variables: { on: '2010', limit: 3 } },
    'nl',
    async (_, variables) => {
      sent.push(variables);
      const hasNextPage = sent.length === 1;
      const counted = {
        nodes: [{ id: `tie-${sent.length}`, label: 'A – B' }],
        pageInfo: { hasNextPage, endCursor: hasNextPage ? 'next' : null },
      };
      return { counted };
    },
  );
  expect(records.map(record => textOf(record, 'id'))).toEqual(['tie-1', 'tie-2', 'tie-3']);
  expect(sent).toEqual([{ afterCounted: null }, { afterCounted: 'next' }, { on: '2010', afterCounted: null }]);
});

test('the records behind some of the groups are those of these groups, as many as the limit of the cost allows', async () => {
  const query = `query Q($n: Int!, $on: PartialDate!) {
    a: partnershipGroups(by: [STATUS], on: $on, having: { gt: 1 }) { count }
    exchangeGroups(by: [KIND], orderBy: { field: COUNT, direction: DESC }, first: $n) { count }
  }`;
  const variables = { n: 2, on: '2010' };
  const queries = countedQueries({ query, variables }, 'en');
  for (const counted of queries) expect(validate(schema, parse(counted))).toEqual([]);
  expect(queries.map(counted => /\w+\(first: \d+\)/.exec(counted)?.[0])).toEqual([
    'partnerships(first: 80)',
    'exchanges(first: 100)',
  ]);
  const sent: object[] = [];
  const records = await readCounted(schema, { query, variables }, 'en', async (text, values) => {
    sent.push(values);
    const list = text.includes('exchanges(') ? 'exchanges' : 'partnerships';
    return { counted: ['a', 'b'].map(id => ({ [list]: { nodes: [{ id: `${list}-${id}`, label: id }] } })) };
  });
  expect(records.map(record => textOf(record, 'id'))).toEqual([
    'partnerships-a',
    'partnerships-b',
    'exchanges-a',
    'exchanges-b',
  ]);
  expect(sent).toMatchObject([{ on: '2010' }, { n: 2 }]);
});

test('a request that counts nothing, and one that cannot be parsed, has no records behind it', () => {
  expect(countedQueries({ query: '{ partnerships { totalCount } }' }, 'en')).toEqual([]);
  expect(countedQueries({ query: 'mutation { partnershipGroups { count } }' }, 'en')).toEqual([]);
  expect(countedQueries({ query: '{ partnershipGroups(' }, 'en')).toEqual([]);
});

test('evidence of a tie has who decided on its status, and why', () => {
  expect(evidenceQuery(schema, 'Partnership')).toContain(
    'statusPeriods { status from until reason decidedBy citations',
  );
});

test('the question by whom ties ended has all that ended or rest, each with a decision maker and sources', () => {
  const question = questions.find(({ name }) => name === '48-ended-or-dormant-by-whom');
  const { ended, dormant } = (question?.answer ?? {}) as Record<
    string,
    {
      totalCount: number;
      nodes: { statusPeriods: { status: string; decidedBy: string; citations: unknown[] }[] }[];
    }
  >;
  expect([ended?.totalCount, dormant?.totalCount]).toEqual([9, 2]);
  const last = [...(ended?.nodes ?? []), ...(dormant?.nodes ?? [])].map(({ statusPeriods }) => statusPeriods.at(-1));
  expect(last.every(period => period?.status !== 'ACTIVE' && period?.citations.length)).toBe(true);
  expect(last.filter(period => period?.decidedBy !== 'UNKNOWN').length).toBeGreaterThan(4);
});
