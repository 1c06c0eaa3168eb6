import { type GraphQLFieldResolver, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { abbreviate, InputError } from '../graph/errors.js';
import { argumentsOf } from '../graph/schema/directives.js';
import { message } from '../messages/message.js';
import {
  type Find,
  isRecord,
  type Key,
  type KeyedType,
  keyOf,
  type Reference,
  type Representation,
} from './reference.js';

/** The maximum number of representations in one `_entities` field. */
const MAX_REPRESENTATIONS = 1_000;

/** An entity type: its resolvable keys, each with the function that resolves a record by it. */
interface Entity<Context> {
  type: KeyedType;
  keys: { key: Key; find: Reference<Context>['find'] }[];
}

export type Entities<Context> = ReadonlyMap<string, Entity<Context>>;

/**
 * Pairs every resolvable `@key` of the schema with its reference. Called at start, so that a missing reference stops
 * the server instead of failing in a router.
 *
 * @throws Error for a key without a reference, and for a reference without a key.
 */
export function entitiesOf<Context>(
  schema: GraphQLSchema,
  references: readonly Reference<Context>[],
): Entities<Context> {
  const unused = new Set(references);
  const entities = new Map<string, Entity<Context>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const keys = argumentsOf(type, 'key')
      .filter(({ resolvable }) => resolvable !== false)
      .map(({ fields }) => {
        const key = keyOf(type, String(fields));
        const reference = references.find(candidate => candidate.type === type.name && candidate.key === key.text);
        if (!reference) throw new Error(`${type.name} has the key ${key.text} but no reference that resolves it.`);
        unused.delete(reference);
        return { key, find: reference.find };
      });
    if (keys.length) entities.set(type.name, { type, keys });
  }
  for (const { type, key } of unused) throw new Error(`${type} has a reference by ${key} but no such @key.`);
  return entities;
}

/**
 * Creates the resolver of `_entities`. Returns one item per representation, in order: the record, null if there is
 * none, or an InputError in the position of a malformed representation. All items are resolved in one tick, so that
 * loaders batch them into one statement per table and key.
 *
 * @throws InputError for more than 1,000 representations.
 */
export function entitiesResolver<Context>(
  entities: Entities<Context>,
): GraphQLFieldResolver<unknown, Context, { representations: unknown[] }> {
  const resolveEntity = (
    representation: unknown,
    place: string,
    context: Context,
  ): ReturnType<Find<unknown, Context>> => {
    const { type, keys } = entityOf(entities, representation, place);
    const fields = representation as Representation;
    const match = keys.find(({ key }) => key.isIn(fields));
    if (!match) {
      const alternatives = keys.map(({ key }) => `{ ${key.text} }`).join(', ');
      const params = { path: place, type: type.name, keys: alternatives, value: abbreviate(fields) };
      throw new InputError(message('REPRESENTATION_WITHOUT_KEY', params));
    }
    return match.find(match.key.read(fields, place), context, fields);
  };
  return (_, { representations }, context) => {
    if (representations.length > MAX_REPRESENTATIONS) {
      throw new InputError(
        message('TOO_MANY_REPRESENTATIONS', { limit: MAX_REPRESENTATIONS, count: representations.length }),
      );
    }
    return representations.map((representation, index) => {
      try {
        return resolveEntity(representation, `representations[${index}]`, context);
      } catch (error) {
        // As an item, it is the error of its position alone.
        return error;
      }
    });
  };
}

function entityOf<Context>(entities: Entities<Context>, representation: unknown, place: string): Entity<Context> {
  if (!isRecord(representation)) {
    throw new InputError(message('REPRESENTATION_NOT_OBJECT', { path: place, value: abbreviate(representation) }));
  }
  const name = Object.hasOwn(representation, '__typename') ? representation.__typename : undefined;
  const entity = typeof name === 'string' ? entities.get(name) : undefined;
  if (entity) return entity;
  const names = [...entities.keys()].join(', ');
  throw new InputError(message('REPRESENTATION_TYPE', { path: place, names, value: abbreviate(name) }));
}
