import { type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../src/schema.js';
import { openApolloGateway } from './apollo-gateway.js';
import { type Gateway, openHiveGateway, supergraphOf } from './gateways.mjs';
import { RandomQueries } from './random-queries.js';
import { type Graphs, openGraphs, SECRET } from './setup.js';

const QUERIES = 200;
const SEED = Number(process.env.SEED ?? 5);

let graphs: Graphs;
let gateways: Gateway[];
let schema: GraphQLSchema;
beforeAll(async () => {
  [graphs, schema] = await Promise.all([openGraphs(), createSchema()]);
  gateways = await Promise.all([
    openHiveGateway(supergraphOf(graphs.subgraphs), { secret: SECRET }),
    openApolloGateway(graphs.subgraphs, SECRET),
  ]);
});
afterAll(async () => {
  await Promise.all((gateways ?? []).map(gateway => gateway.close()));
  await graphs?.close();
});

const quoted = (...texts: string[]) => texts.map(text => JSON.stringify(text));

test(`${QUERIES} random queries have the same result directly and through either gateway (SEED=${SEED})`, async () => {
  const register = `${graphs.register.url}/graphql`;
  const lists = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'];
  const { data } = await graphs.ask(
    register,
    `{ ${lists.map(list => `${list}(first: 8) { nodes { id } }`).join(' ')} }`,
  );
  const ids = lists.flatMap(list => data[list].nodes.map(({ id }: { id: string }) => id));
  const random = new RandomQueries(
    schema,
    {
      ID: quoted(...ids, 'nl-nowhere'),
      // The id of another record is refused.
      'ChangeFilter.authority': quoted(...data.authorities.nodes.map(({ id }: { id: string }) => id)),
      'ChangeFilter.within': quoted(...data.authorities.nodes.map(({ id }: { id: string }) => id)),
      'ChangeFilter.authorities': quoted(...data.authorities.nodes.map(({ id }: { id: string }) => id)).map(
        id => `[${id}]`,
      ),
      'ChangeFilter.changeSets': ['["set-0123456789abcdef01234567"]', '[]'],
      'codeLists.names': ['["Theme", "Country"]', '[]'],
      String: quoted('Rotterdam', '上海', 'friend', 'zhen', "'s-Hertogenbosch"),
      Int: ['0', '1', '2', '5'],
      // A box is not upside down.
      'BoundingBox.south': ['20', '30'],
      'BoundingBox.north': ['52', '60'],
      Latitude: ['20', '60'],
      Longitude: ['4', '120'],
      PartialDate: quoted('1979', '1985-11', '2010-10-08', '2021'),
    },
    SEED,
  );
  let withData = 0;
  for (let count = 0; count < QUERIES; count += 1) {
    const query = random.next();
    expect(validate(schema, parse(query)), query).toEqual([]);
    const direct = await graphs.ask(register, query);
    expect(direct.errors, query).toBeUndefined();
    for (const { url } of gateways) {
      const { data, errors } = await graphs.ask(url, query);
      expect({ data, errors }, query).toEqual({ data: direct.data, errors: undefined });
    }
    if (JSON.stringify(direct.data).length > 100) withData += 1;
  }
  // Most results contain data to compare.
  expect(withData).toBeGreaterThan(QUERIES / 2);
}, 180_000);
