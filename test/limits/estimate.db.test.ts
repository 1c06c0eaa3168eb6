import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { RandomQueries } from '../federation/random-queries.js';
import { WITHOUT_COST } from '../support/protection.js';
import { randomDocument, randomNumbers } from '../support/random-document.js';
import { openTestServer } from '../support/server.js';

const DOCUMENTS = 150;
const SEED = Number(process.env.SEED ?? 20_261_125);
const LISTS = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'];

let server: RunningServer;
let schema: GraphQLSchema;
beforeAll(async () => {
  server = await openTestServer({ protection: WITHOUT_COST });
  schema = buildClientSchema((await ask(getIntrospectionQuery())).data);
});
afterAll(() => server?.close());

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its operation.
async function ask(query: string, variables = {}): Promise<any> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** Returns the actual cost, after it was compared with the estimate. */
async function actualOf(query: string, variables = {}): Promise<number> {
  const { data, errors, extensions } = await ask(query, variables);
  const context = `${query}\n${JSON.stringify({ variables, errors, cost: extensions?.cost })}`;
  expect(data, context).toBeDefined();
  const { estimated, actual } = extensions.cost;
  expect(estimated, context).toBeGreaterThanOrEqual(actual);
  return actual;
}

test(`no random document costs more than its estimate (SEED=${SEED})`, async () => {
  const random = randomNumbers(SEED);
  let withCost = 0;
  for (let count = 0; count < DOCUMENTS; count += 1) {
    const { query, variables } = randomDocument(random, schema);
    if ((await actualOf(query, variables)) > 5) withCost += 1;
  }
  expect(withCost).toBeGreaterThan(DOCUMENTS / 2);
});

test(`nor does one with random filters, groups, searches, ids and code lists (SEED=${SEED})`, async () => {
  const { data } = await ask(`{ ${LISTS.map(list => `${list}(first: 8) { nodes { id } }`).join(' ')} }`);
  const quoted = (...texts: string[]) => texts.map(text => JSON.stringify(text));
  const ids = (list: string): string[] => data[list].nodes.map(({ id }: { id: string }) => id);
  const queries = new RandomQueries(
    schema,
    {
      ID: quoted(...LISTS.flatMap(ids), 'nl-nowhere'),
      'ChangeFilter.authority': quoted(...ids('authorities')),
      'ChangeFilter.within': quoted(...ids('authorities')),
      'ChangeFilter.authorities': quoted(...ids('authorities')).map(id => `[${id}]`),
      'codeLists.names': ['["Theme", "Country"]', '[]'],
      String: quoted('Theme', 'PartnershipStatus'),
      Int: ['1', '2', '5'],
      PartialDate: quoted('1979', '1985-11', '2021'),
    },
    SEED,
  );
  let withCost = 0;
  for (let count = 0; count < DOCUMENTS; count += 1) if ((await actualOf(queries.next())) > 5) withCost += 1;
  expect(withCost).toBeGreaterThan(DOCUMENTS / 4);
});

const ids = async (first: number): Promise<string[]> =>
  (await ask(`{ exchanges(first: ${first}) { nodes { id } } }`)).data.exchanges.nodes.map(
    ({ id }: { id: string }) => id,
  );

test.each<[what: string, query: string]>([
  ['labels', '{ codeLists { name codes { value } } }'],
  ['one list of labels', '{ codeList(name: "ExchangeSubkind") { codes { value } } }'],
  [
    'groups by three dimensions',
    '{ exchangeGroups(by: [PARTNERSHIP, KIND, STARTED_YEAR]) { count partnership { id } programme { id } } }',
  ],
  [
    'lists of groups',
    '{ partnershipGroups(by: [STARTED_DECADE, STATUS]) { partnerships(first: 100) { totalCount nodes { id } } } }',
  ],
  [
    'all evidence',
    '{ partnerships(first: 100) { nodes { citations { source { id } } statusPeriods { citations { source { id } } } } } }',
  ],
  ['all changes', '{ partnerships(first: 100) { nodes { history { nodes { fields { field } } } } } }'],
  [
    'sides under many names',
    '{ partnerships(first: 100) { nodes { a: dutch { id } b: dutch { id } c: dutch { parent { id } } } } }',
  ],
])('%s cost no more than their estimate', async (_, query) => {
  expect(await actualOf(query)).toBeGreaterThan(5);
});

test('a hundred nodes cost what they are', async () => {
  const query =
    'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Exchange { partnership { id encouragedBy { id } } } } }';
  expect(await actualOf(query, { ids: await ids(100) })).toBeGreaterThan(100);
});
