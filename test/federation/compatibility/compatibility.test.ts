import { composeServices as composeWithApollo } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Trace } from '@apollo/usage-reporting-protobuf';
import { composeServices as composeWithHive } from '@theguild/federation-composition';
import { type DocumentNode, parse, print, visit } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphText } from '../../../src/federation/subgraph.js';
import { openApolloGateway } from '../apollo-gateway.js';
import { type Gateway, openHiveGateway, supergraphOf } from '../gateways.mjs';
import { type ServedPartner, servePartner } from '../partners/serve.js';
import { harbour, people } from './neighbours.js';
import { shipsSubgraph } from './ships.js';

let ships: ApolloServer;
let url: string;
let typeDefs: DocumentNode;
let neighbours: ServedPartner[];
let gateways: Gateway[];
beforeAll(async () => {
  const schema = await shipsSubgraph();
  typeDefs = parse(subgraphText(schema));
  ships = new ApolloServer({
    schema,
    plugins: [ApolloServerPluginInlineTrace()],
    stopOnTerminationSignals: false,
  });
  [{ url }, neighbours] = await Promise.all([
    startStandaloneServer(ships, { listen: { host: '127.0.0.1', port: 0 } }),
    Promise.all([people, harbour].map(servePartner)),
  ]);
  gateways = await Promise.all([openHiveGateway(supergraphOf(subgraphs())), openApolloGateway(subgraphs())]);
});
afterAll(async () => {
  await Promise.all([
    ...(gateways ?? []).map(gateway => gateway.close()),
    ...(neighbours ?? []).map(server => server.close()),
  ]);
  await ships?.stop();
});

const subgraphs = () => [{ name: 'ships', url, typeDefs }, ...neighbours];

async function send(address: string, query: string, variables = {}, headers: Record<string, string> = {}) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
  return (await response.json()) as any;
}
const ask = (query: string, variables?: object) => send(url, query, variables);
const entity = async (representation: object, selection: string) => {
  const query = `query ($of: _Any!) { _entities(representations: [$of]) { ... on ${'__typename' in representation ? representation.__typename : ''} { ${selection} } } }`;
  return ask(query, { of: representation });
};
/** Sends a query through both gateways, expects equal responses, and returns the response. */
const through = async (query: string) => {
  const [hive, apollo] = await Promise.all(gateways.map(gateway => send(gateway.url, query)));
  expect(hive).toEqual(apollo);
  return hive;
};

/** Returns the coordinates at which a directive is applied in the subgraph: `Ship`, `Ship.captain`, `Query.ship(id:)`. */
function applicationsOf(name: string): Record<string, string[]> {
  const applications: Record<string, string[]> = {};
  visit(typeDefs, {
    Directive(node, _key, _parent, _path, ancestors) {
      if (node.name.value !== name) return;
      const named = ancestors.flatMap(ancestor =>
        'kind' in ancestor && 'name' in ancestor && ancestor.name ? [ancestor.name.value] : [],
      );
      const [type, field, arg] = named;
      const coordinate = [type, field && `.${field}`, arg && `(${arg}:)`].join('');
      applications[coordinate] = [...(applications[coordinate] ?? []), print(node)];
    },
  });
  return applications;
}

test('two composers compose it with its neighbours, with only the expected hint', () => {
  const apollo = composeWithApollo(subgraphs());
  expect({ errors: apollo.errors, hints: apollo.hints?.map(String) }).toEqual({
    errors: undefined,
    hints: [expect.stringMatching(/^\[OVERRIDDEN_FIELD_CAN_BE_REMOVED\]: Field "Captain.name" on subgraph "people"/)],
  });
  expect(composeWithHive(subgraphs()).errors).toBeUndefined();
});

describe('each feature of a subgraph', () => {
  test('_service returns the complete SDL', async () => {
    const { data } = await ask('{ _service { sdl } }');
    expect(parse(data._service.sdl)).toEqual(typeDefs);
    expect(data._service.sdl).not.toMatch(/_service|_entities|_Any|_Entity|_Service/);
  });

  test('@link: the version, and the directives used', () => {
    const [federation, own] = applicationsOf('link')[''] ?? [];
    const directives =
      'composeDirective, external, inaccessible, interfaceObject, key, override, provides, requires, shareable, tag';
    const names = directives
      .split(', ')
      .map(name => `"@${name}"`)
      .join(', ');
    expect(federation).toBe(`@link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`);
    expect(own).toBe('@link(url: "https://example.org/specs/custom/v1.0", import: ["@custom"])');
  });

  test('@key, single', async () => {
    expect(applicationsOf('key').Yard).toEqual(['@key(fields: "number")']);
    expect(await entity({ __typename: 'Yard', number: 7 }, 'name')).toEqual({
      data: { _entities: [{ name: 'De Hoop' }] },
    });
    expect(await entity({ __typename: 'Yard', number: 8 }, 'name')).toEqual({ data: { _entities: [null] } });
    expect(await entity({ __typename: 'Yard', number: '7' }, 'name')).toMatchObject({
      errors: [
        {
          message: 'representations[0].number must be an integer from -2147483648 to 2147483647; got "7".',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect(await through('{ yards { name distance } }')).toEqual({
      data: { yards: [{ name: 'De Hoop', distance: 70 }] },
    });
  });

  test('@key, of several fields, and nested', async () => {
    const BATAVIA = { data: { _entities: [{ id: 'batavia' }] } };
    expect(await entity({ __typename: 'Ship', flag: 'NL', name: 'Batavia' }, 'id')).toEqual(BATAVIA);
    expect(await entity({ __typename: 'Ship', name: 'Batavia', model: { id: 'retourschip' } }, 'id')).toEqual(BATAVIA);
    expect(await through('{ ship(id: "batavia") { due } }')).toEqual({ data: { ship: { due: '1629-06-04' } } });
  });

  test('@key, repeated', async () => {
    expect(applicationsOf('key').Ship).toEqual([
      '@key(fields: "id")',
      '@key(fields: "flag name")',
      '@key(fields: "name model { id }")',
    ]);
    expect(await entity({ __typename: 'Ship', id: 'batavia' }, 'name')).toEqual({
      data: { _entities: [{ name: 'Batavia' }] },
    });
  });

  test('@external and @requires: fields of another graph come with the key', async () => {
    expect(applicationsOf('external')).toEqual({
      'Captain.voyages': ['@external'],
      'Captain.years': ['@external'],
    });
    expect(applicationsOf('requires')).toEqual({ 'Captain.pace': ['@requires(fields: "voyages years")'] });
    const zheng = { __typename: 'Captain', email: 'zheng@example.org', voyages: 7, years: 28 };
    expect(await entity(zheng, 'pace')).toEqual({ data: { _entities: [{ pace: 25 }] } });
    expect(await through('{ captains { pace } }')).toEqual({ data: { captains: [{ pace: 25 }] } });
    expect(await through('{ ship(id: "batavia") { captain { pace years } } }')).toEqual({
      data: { ship: { captain: { pace: 25, years: 28 } } },
    });
  });

  test('@provides: a field of another graph is resolved here already', async () => {
    expect(applicationsOf('provides')).toEqual({ 'Ship.captain': ['@provides(fields: "voyages")'] });
    expect(await ask('{ ship(id: "batavia") { captain { email voyages } } }')).toEqual({
      data: { ship: { captain: { email: 'zheng@example.org', voyages: 7 } } },
    });
  });

  test('@override: this graph resolves the field instead of the other', async () => {
    expect(applicationsOf('override')).toEqual({ 'Captain.name': ['@override(from: "people")'] });
    expect(await through('{ captains { name } }')).toEqual({ data: { captains: [{ name: 'Zheng He' }] } });
  });

  test('@shareable: a value type of both graphs', async () => {
    expect(applicationsOf('shareable')).toEqual({ Dimensions: ['@shareable'] });
    expect(await through('{ slip { length } ship(id: "batavia") { dimensions { length } } }')).toEqual({
      data: { slip: { length: 60 }, ship: { dimensions: { length: 57 } } },
    });
  });

  test('@tag: on fields and arguments', () => {
    expect(applicationsOf('tag')).toEqual({
      'Ship.notes': ['@tag(name: "internal")'],
      'Query.ship(id:)': ['@tag(name: "by-id")'],
      'Query.ship': ['@tag(name: "public")'],
      'Query.shipNamed': ['@tag(name: "internal")'],
    });
  });

  test('@inaccessible: in the subgraph, but hidden from clients', async () => {
    expect(applicationsOf('inaccessible')).toEqual({ 'Dimensions.unit': ['@inaccessible'] });
    expect(await ask('{ ship(id: "batavia") { dimensions { unit } } }')).toEqual({
      data: { ship: { dimensions: { unit: 'm' } } },
    });
    for (const gateway of gateways) {
      const { data, errors } = await send(gateway.url, '{ ship(id: "batavia") { dimensions { unit } } }');
      expect(data ?? null).toBeNull();
      expect(errors[0].message).toMatch(/Cannot query field "unit"/);
    }
  });

  test('@composeDirective: a custom directive reaches the supergraph', () => {
    expect(applicationsOf('composeDirective')).toEqual({ '': ['@composeDirective(name: "@custom")'] });
    expect(print(typeDefs)).toMatch(/directive @custom on OBJECT/);
    for (const { supergraphSdl } of [composeWithApollo(subgraphs()), composeWithHive(subgraphs())]) {
      expect(supergraphSdl).toMatch(/\ntype Ship\b(?:(?!\ntype )[\s\S])*? @custom\b/);
    }
  });

  test('@interfaceObject: an interface of another graph whose object types are unknown here', async () => {
    expect(applicationsOf('interfaceObject')).toEqual({ Berth: ['@interfaceObject'] });
    expect(await entity({ __typename: 'Berth', id: 'dock-1' }, 'ships { id }')).toEqual({
      data: { _entities: [{ ships: [{ id: 'batavia' }] }] },
    });
    expect(await through('{ berths { __typename quay ships { name } } }')).toEqual({
      data: { berths: [{ __typename: 'DryDock', quay: 'Oostenburg', ships: [{ name: 'Batavia' }] }] },
    });
    expect(await through('{ ship(id: "batavia") { berth { __typename quay } } }')).toEqual({
      data: { ship: { berth: { __typename: 'DryDock', quay: 'Oostenburg' } } },
    });
  });

  test('the trace header', async () => {
    const { extensions } = await send(
      url,
      '{ ship(id: "batavia") { name } }',
      {},
      { 'apollo-federation-include-trace': 'ftv1' },
    );
    const { root } = Trace.decode(Buffer.from(extensions.ftv1, 'base64'));
    expect(root?.child?.[0]).toMatchObject({ responseName: 'ship', child: [{ responseName: 'name', type: 'String' }] });
  });
});
