import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  responsePathAsArray,
} from 'graphql';

/** Says what a field gives: `kind` names it, and `later` whether it comes as a promise. */
type Give = (name: string) => unknown;

/**
 * A schema in which every field can go wrong in every way: for each of these types a field that gives a value, null, an
 * error, throws, or gives something that does not fit; each at once, and each as a promise.
 */
const VALUES: Record<string, Give> = {
  value: name =>
    ({ scalar: 7, text: 'text', color: 1, object: { id: name }, list: [1, 2], objects: [{ id: 'a' }, { id: 'b' }] })[
      name
    ],
  null: () => null,
  undefined: () => undefined,
  error: () => new Error('given'),
  thrown: () => {
    throw new Error('thrown');
  },
  unfit: () => ({ unfit: Symbol.iterator in Object.prototype }),
  holes: name => (name === 'list' ? [1, null, new Error('in a list'), 'x'] : [{ id: 'a' }, null, late()]),
};

/** A rejection that nobody needs to wait for. */
function late(): Promise<never> {
  const rejected = Promise.reject(new Error('late'));
  rejected.catch(() => undefined);
  return rejected;
}

const Color = new GraphQLEnumType({ name: 'Color', values: { RED: { value: 1 }, BLUE: { value: 2 } } });
const Node: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Node',
  fields: { id: { type: GraphQLString } },
  resolveType: value => ('size' in (value as object) ? 'Big' : 'Thing'),
});

const base: [string, GraphQLOutputType][] = [
  ['scalar', GraphQLInt],
  ['text', GraphQLString],
  ['color', Color],
];

function fieldsOf(deep: () => GraphQLObjectType): Record<string, { type: GraphQLOutputType; resolve: () => unknown }> {
  const types: [string, GraphQLOutputType][] = [
    ...base,
    ['object', deep()],
    ['list', new GraphQLList(GraphQLInt)],
    ['list', new GraphQLList(new GraphQLNonNull(GraphQLInt))],
    ['objects', new GraphQLList(deep())],
    ['objects', new GraphQLList(new GraphQLNonNull(deep()))],
    ['object', Node],
    ['objects', new GraphQLList(new GraphQLNonNull(Node))],
  ];
  const fields: Record<string, { type: GraphQLOutputType; resolve: () => unknown }> = {};
  for (const [index, [name, type]] of types.entries()) {
    for (const [what, give] of Object.entries(VALUES)) {
      for (const later of [false, true]) {
        for (const required of [false, true]) {
          const key = `${name}${index}_${what}${later ? '_later' : ''}${required ? '_required' : ''}`;
          const resolve = later ? async () => give(name) : () => give(name);
          fields[key] = { type: required ? new GraphQLNonNull(type as never) : type, resolve };
        }
      }
    }
  }
  return fields;
}

const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  interfaces: [Node],
  fields: () => ({
    id: { type: GraphQLString },
    echo: {
      type: new GraphQLNonNull(GraphQLString),
      args: { say: { type: new GraphQLNonNull(GraphQLString) }, times: { type: GraphQLInt, defaultValue: 2 } },
      resolve: (_, { say, times }) => String(say).repeat(times),
    },
    method: { type: GraphQLString },
    where: {
      type: GraphQLString,
      resolve: (_, __, ___, info) =>
        JSON.stringify([info.fieldName, responsePathAsArray(info.path), info.variableValues]),
    },
    ...fieldsOf(() => Thing),
  }),
});
const Big = new GraphQLObjectType({
  name: 'Big',
  interfaces: [Node],
  fields: { id: { type: GraphQLString }, size: { type: GraphQLInt } },
});
const Any = new GraphQLUnionType({
  name: 'Any',
  types: [Thing, Big],
  resolveType: value => ('size' in (value as object) ? 'Big' : ((value as { type?: string }).type ?? 'Thing')),
});

const thing = { id: 'thing', method: () => 'called' };
export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      thing: { type: Thing, resolve: () => thing },
      later: { type: Thing, resolve: async () => thing },
      required: { type: new GraphQLNonNull(Thing), resolve: async () => thing },
      nodes: { type: new GraphQLList(Node), resolve: () => [thing, { id: 'big', size: 3 }, null] },
      any: {
        type: new GraphQLList(new GraphQLNonNull(Any)),
        resolve: () => [{ id: 'big', size: 3 }, Promise.resolve(thing)],
      },
      wrong: { type: Any, resolve: () => ({ type: 'Query' }) },
      things: { type: new GraphQLList(new GraphQLNonNull(Thing)), resolve: () => new Set([thing, thing]) },
    },
  }),
  types: [Thing, Big],
});

/** The names of all fields that can be selected below `Thing`, and what must be selected below each. */
export const thingFields = Object.values(Thing.getFields())
  .filter(({ args }) => args.length === 0)
  .map(({ name, type }) => (/(?:Thing|Node)/.test(String(type)) ? `${name} { id }` : name));
