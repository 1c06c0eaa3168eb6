import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, openHiveGateway, supergraphOf } from './gateways.mjs';
import { type Graphs, openGraphs, SECRET } from './setup.js';

let graphs: Graphs;
let gateway: Gateway;
beforeAll(async () => {
  graphs = await openGraphs();
  gateway = await openHiveGateway(supergraphOf(graphs.subgraphs), { secret: SECRET, reportCost: true });
});
afterAll(async () => {
  await gateway?.close();
  await graphs?.close();
});

test.each<[name: string, query: string, cost: number]>([
  ['a scalar', '{ latestChangeCursor }', 0],
  ['a record', '{ partnership(id: "tie-rotterdam-shanghai") { id startedOn } }', 1],
  [
    'a record of a record',
    '{ partnership(id: "tie-rotterdam-shanghai") { dutch { name } chinese { name parent { name } } } }',
    2,
  ],
  ['a page of the requested size', '{ partnerships(first: 10) { nodes { id } } }', 1 + 10],
  ['a page from the end', '{ partnerships(last: 7) { nodes { id } } }', 1 + 7],
  [
    'a page with cursors',
    '{ partnerships(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage } } }',
    1 + 3 * 2 + 1,
  ],
  ['a count', '{ partnerships(first: 1) { totalCount } }', 1 + 5],
  [
    'a page in a page',
    '{ authorities(first: 4) { nodes { partnerships(first: 2) { nodes { dutch { name } } } } } }',
    1 + 4 * (1 + 1 + 2),
  ],
  [
    'a list without pagination',
    '{ partnerships(first: 2) { nodes { citations { source { title } } } } }',
    1 + 2 * (1 + 10),
  ],
  ['a search', '{ search(query: "rotterdam", first: 3) { nodes { ... on Authority { name } } } }', 10 + 3],
  ['groups', '{ partnershipGroups(by: [STARTED_YEAR], first: 30) { count } }', 30 * 2],
])('the cost that a router computes from the schema: %s', async (_, query, cost) => {
  const [direct, routed] = await Promise.all([
    graphs.ask(`${graphs.register.url}/graphql`, query),
    graphs.ask(gateway.url, query),
  ]);
  expect(routed.extensions).toMatchObject({ cost: { estimated: cost } });
  // If the server reports an estimate, it is the same.
  const reported = direct.extensions?.cost as { estimated: number } | undefined;
  expect(reported?.estimated ?? cost).toBe(cost);
});
