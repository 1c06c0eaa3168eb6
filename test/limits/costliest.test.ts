import { type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { estimatedCost, type Variables } from '../../src/limits/cost.js';
import { planCost } from '../../src/limits/cost-plan.js';
import { costliestPaths } from '../../src/limits/costliest.js';
import { createSchema } from '../../src/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema(false);
});

function costliest(query: string, variables: Variables = {}): [path: string, cost: number][] {
  const document = parse(query);
  const plan = planCost(schema, document, document.definitions[0] as OperationDefinitionNode);
  const paths = costliestPaths(plan, variables);
  expect(paths.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(estimatedCost(plan, variables));
  return paths.map(({ path, cost }) => [path.join('.'), cost]);
}

test('each path has the points of its own field, by response name, the costliest first', () => {
  const query = `query ($with: Boolean!) {
    groups: partnershipGroups(by: [STATUS]) {
      partnerships(first: 100) { totalCount nodes { id exchanges(first: 10, filter: { dutch: {} }) { nodes { id } } } }
    }
    authorities(first: 100) @include(if: $with) { nodes { citations { source { id } } } }
  }`;
  const groups: [string, number][] = [
    ['groups.partnerships.nodes.exchanges.nodes', 5_000],
    ['groups.partnerships.nodes.exchanges', 500 * (1 + 5)],
    ['groups.partnerships.nodes', 500],
    ['groups.partnerships.totalCount', 25],
  ];
  expect(costliest(query, { with: false })).toEqual([...groups, ['groups', 10]]);
  expect(costliest(query, { with: true })).toEqual([
    groups[0],
    groups[1],
    groups[2],
    ['authorities.nodes.citations', 500],
    ['authorities.nodes', 100],
  ]);
});

test('at most five paths, and the beginning of long names', () => {
  const names = Array.from({ length: 9 }, (_, index) => `${'x'.repeat(5_000)}${index}`);
  const paths = costliest(`{ ${names.map(name => `${name}: viewer { name }`).join(' ')} }`);
  expect(paths).toEqual(Array.from({ length: 5 }, () => [`${'x'.repeat(50)}…`, 1]));
});

test('fields without cost are no path', () => {
  expect(costliest('{ latestChangeCursor }')).toEqual([]);
});
