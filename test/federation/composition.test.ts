import { execSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeSchemaContract, composeServices as composeWithHive } from '@theguild/federation-composition';
import {
  buildASTSchema,
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { covers, SCOPES } from '../../src/access/scope.js';
import { publicPart } from '../../src/federation/public-part.js';
import { referenceByKey } from '../../src/federation/reference.js';
import { asSubgraph, subgraphText } from '../../src/federation/subgraph.js';
import { argumentsOf, elementsOf, hasDirective } from '../../src/graph/schema/directives.js';
import { createSchema } from '../../src/schema.js';
import { museums } from './partners/museums.js';
import { population } from './partners/population.js';
import { trade } from './partners/trade.js';

let text: string;
let typeDefs: DocumentNode;
let schema: GraphQLSchema;
beforeAll(async () => {
  text = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  typeDefs = parse(text);
  schema = await createSchema();
});

const partners = [population, trade, museums];
const graph = (name: string, typeDefs: DocumentNode) => ({ name, typeDefs, url: `http://${name}.example.org/graphql` });
const graphs = (...others: typeof partners) => [
  graph('register', typeDefs),
  ...others.map(({ name, sdl }) => graph(name, parse(sdl))),
];

describe('the register composes without errors or hints', () => {
  test.each([
    ['alone', []],
    ...partners.map((partner): [string, typeof partners] => [`with ${partner.name}`, [partner]]),
    ['with all its partners', partners],
  ])('%s', (_, others) => {
    const apollo = composeWithApollo(graphs(...others));
    expect({ errors: apollo.errors, hints: apollo.hints?.map(String) }).toEqual({ errors: undefined, hints: [] });
    const hive = composeWithHive(graphs(...others));
    expect({ errors: hive.errors, supergraph: typeof hive.supergraphSdl }).toEqual({
      errors: undefined,
      supergraph: 'string',
    });
  });
});

test('the public part that the command of src/federation/README.md prints cannot write, has no scopes, and composes', async () => {
  const readme = await readFile(new URL('../../src/federation/README.md', import.meta.url), 'utf8');
  const [, command] = /which `(npm run --silent schema[^`]*)` prints/.exec(readme) ?? [];
  const out = execSync(String(command), { cwd: new URL('../../', import.meta.url), encoding: 'utf8' });
  const publicTypes = parse(out);
  expect(print(publicTypes)).toBe(print(publicPart(typeDefs)));
  const names = publicTypes.definitions.flatMap(node => ('name' in node && node.name ? [node.name.value] : []));
  expect(names).toEqual(expect.arrayContaining(['Query', 'Subscription', 'Partnership']));
  expect(names).not.toContain('Mutation');
  expect(out).not.toMatch(/@(?:requiresScopes|authenticated)\b/);
  const { errors } = composeWithApollo([graph('register', publicTypes), ...graphs(...partners).slice(1)]);
  expect(errors).toBeUndefined();
});

test('the example of src/federation/README.md composes with the register', async () => {
  const readme = await readFile(new URL('../../src/federation/README.md', import.meta.url), 'utf8');
  const [, sdl] = /```graphql\n([\s\S]+?)```/.exec(readme) ?? [];
  const example = { name: 'example', sdl: String(sdl), resolvers: {} };
  const { errors, hints } = composeWithApollo(graphs(example));
  expect({ errors, hints }).toEqual({ errors: undefined, hints: [] });
  expect(composeWithHive(graphs(example)).errors).toBeUndefined();
});

test('schema.graphql is the SDL of _service, without the fields and types for routers', () => {
  expect(text).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9", import: [');
  expect(text).not.toMatch(/\b_(?:service|entities|Service|Entity|Any)\b/);
});

test('every record type has its keys, and value types that others may define are shareable', () => {
  const keys = [...elementsOf(schema)].flatMap(element =>
    argumentsOf(element, 'key').map(({ fields }) => `${element.name}: ${fields}`),
  );
  expect(keys.sort()).toEqual([
    'Authority: id',
    'ChineseAuthority: gbCode',
    'ChineseAuthority: id',
    'DutchAuthority: cbsCode',
    'DutchAuthority: id',
    'Exchange: id',
    'Organisation: id',
    'Partnership: dutch { id } chinese { id }',
    'Partnership: id',
    'Programme: iatiId',
    'Programme: id',
  ]);
  const shareable = [...elementsOf(schema)]
    .filter(element => hasDirective(element, 'shareable'))
    .map(({ name }) => name);
  expect(shareable.sort()).toEqual(['Coordinates', 'Names', 'PageInfo']);
});

describe('contracts by tags', () => {
  const contract = (...tags: string[]) => {
    const filter = { include: new Set(tags), exclude: new Set<string>() };
    const { publicSdl, errors } = composeSchemaContract([graph('register', typeDefs)], filter, true);
    expect(errors).toBeUndefined();
    return buildSchema(publicSdl as string);
  };

  test('the public contract has all queries and no mutations', () => {
    const open = contract('public');
    expect(open.getMutationType()).toBeUndefined();
    expect(Object.keys(open.getTypeMap()).filter(name => /(?:Payload|Input|UserError)$/.test(name))).toEqual([]);
    const fields = (from: GraphQLSchema) =>
      Object.keys({ ...from.getQueryType()?.getFields(), ...from.getSubscriptionType()?.getFields() }).sort();
    expect(fields(open)).toEqual(fields(schema).filter(name => !name.startsWith('_')));
  });

  test('the partner contract has everything', () => {
    const all = contract('public', 'partner');
    const names = (from: GraphQLSchema) =>
      Object.keys(from.getTypeMap())
        .filter(name => !name.startsWith('_'))
        .sort();
    expect(names(all)).toEqual(names(schema));
    expect(Object.keys(all.getMutationType()?.getFields() ?? {})).toEqual(
      Object.keys(schema.getMutationType()?.getFields() ?? {}),
    );
  });
});

/** Returns the scope that the server requires for a field. */
function scopeOf(typename: string, name: string): unknown {
  const type = schema.getType(typename);
  return isObjectType(type) ? type.getFields()[name]?.extensions.scope : undefined;
}

test('a router authorises the same requests as the server', () => {
  const printed = buildASTSchema(parse(subgraphText(schema)), { assumeValid: true, assumeValidSDL: true });
  const fields = Object.values(printed.getTypeMap())
    .filter(type => isObjectType(type))
    .flatMap(type => Object.values(type.getFields()).map(field => ({ field, scope: scopeOf(type.name, field.name) })));
  const guarded = fields.filter(({ scope }) => scope);
  expect(guarded.length).toBeGreaterThan(10);
  expect(fields.filter(({ field }) => hasDirective(field, 'authenticated'))).toEqual(guarded);
  expect(fields.filter(({ field }) => hasDirective(field, 'requiresScopes'))).toEqual(guarded);
  for (const { field, scope } of guarded) {
    // The outer list is a disjunction, an inner list a conjunction.
    const [{ scopes }] = argumentsOf(field, 'requiresScopes') as [{ scopes: string[][] }];
    for (const granted of SCOPES) {
      const router = scopes.some(all => all.every(scope => scope === granted));
      expect({ field: field.name, granted, passes: router }).toEqual({
        field: field.name,
        granted,
        passes: covers([granted], scope as never),
      });
    }
  }
});

describe('asSubgraph rejects a schema', () => {
  const of = (sdl: string, ...references: ReturnType<typeof referenceByKey<unknown, unknown>>[]) =>
    asSubgraph<unknown>(buildSchema(`type Query { a: A } ${sdl}`, { assumeValidSDL: true }), {
      references,
      typeOf: () => 'A',
    });
  const byId = referenceByKey<unknown, unknown>('A', 'id', () => null);

  test.each<[string, () => unknown, string]>([
    [
      'with a key without a reference',
      () => of('type A @key(fields: "id") { id: ID }'),
      'A has the key id but no reference that resolves it.',
    ],
    [
      'with a reference without a key',
      () => of('type A { id: ID }', byId),
      'A has a reference by id but no such @key.',
    ],
    [
      'with a key of a field that does not exist',
      () => of('type A @key(fields: "code") { id: ID }', byId),
      'A key of A selects code, a field that A does not have.',
    ],
    [
      'with a directive without a definition',
      () => subgraphText(of('type A @kye(fields: "id") { id: ID }')),
      '@kye: neither Federation nor the schema defines it.',
    ],
  ])('%s', (_, create, message) => {
    expect(create).toThrow(message);
  });

  test('but accepts a key that is not resolvable, and a type without keys', () => {
    const entities = (subgraph: GraphQLSchema) => subgraph.getQueryType()?.getFields()._entities;
    expect(entities(of('type A @key(fields: "id", resolvable: false) { id: ID }'))).toBeUndefined();
    expect(entities(of('type A { id: ID }'))).toBeUndefined();
    expect(entities(of('type A @key(fields: " id ") { id: ID }', byId))).toBeDefined();
  });
});

test('one of two composers refuses @oneOf, for which src/federation/CHANGELOG.md waits', () => {
  const input = 'type Query { a(by: By!): ID } input By @oneOf { id: ID code: String }';
  const typeDefs = parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") ${input}`);
  expect(composeWithApollo([graph('example', typeDefs)]).errors?.map(({ message }) => message)).toEqual([
    '[example] Unknown directive "@oneOf".',
  ]);
  expect(composeWithHive([graph('example', typeDefs)]).supergraphSdl).toContain('@oneOf');
});
