import {
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { abbreviate, InputError } from '../graph/errors.js';
import { argumentsOf } from '../graph/schema/directives.js';
import { isRecord, type Key, type KeyedType, keyOf, type Reference, type Representation } from './reference.js';

/** A request may ask for this many records by key. */
const MAX_REPRESENTATIONS = 1_000;

/** A type that other graphs refer to, with its keys and how each finds a record. */
interface Entity<Context> {
  type: KeyedType;
  keys: { key: Key; find: Reference<Context>['find'] }[];
}

export type Entities<Context> = ReadonlyMap<string, Entity<Context>>;

/**
 * The types that have a `@key`, each key with its reference.
 *
 * @throws Error for a key without a reference, and for a reference without its key.
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
        const reference = references.find(its => its.type === type.name && its.key === key.text);
        if (!reference) throw new Error(`${type.name} has the key ${key.text}, and nothing finds a record by it.`);
        unused.delete(reference);
        return { key, find: reference.find };
      });
    if (keys.length) entities.set(type.name, { type, keys });
  }
  for (const { type, key } of unused) throw new Error(`${type} is found by ${key}, and has no such @key.`);
  return entities;
}

/** Which type each found record was asked for as; a record is of one concrete type, whoever asks. */
const requestedType = new WeakMap<object, KeyedType>();

/**
 * Finds the records that representations name, in their order: null where there is none, an error in the place of one
 * that is malformed.
 *
 * @throws InputError for more than 1,000.
 */
export function entitiesResolver<Context>(
  entities: Entities<Context>,
): GraphQLFieldResolver<unknown, Context, { representations: unknown[] }> {
  const one = async (representation: unknown, index: number, context: Context) => {
    const place = `representations[${index}]`;
    const { type, keys } = entityOf(entities, representation, place);
    const its = representation as Representation;
    const found = keys.find(({ key }) => key.isIn(its));
    if (!found) {
      const known = keys.map(({ key }) => `{ ${key.text} }`).join(' or ');
      throw new InputError(`${place} needs a key of ${type.name}: ${known}; got ${abbreviate(its)}.`);
    }
    const record = await found.find(found.key.read(its, place), context, its);
    if (record) requestedType.set(record, type);
    return record;
  };
  return (_, { representations }, context) => {
    if (representations.length > MAX_REPRESENTATIONS) {
      throw new InputError(
        `representations holds at most ${MAX_REPRESENTATIONS} records; got ${representations.length}.`,
      );
    }
    return representations.map((representation, index) => one(representation, index, context));
  };
}

function entityOf<Context>(entities: Entities<Context>, representation: unknown, place: string): Entity<Context> {
  if (!isRecord(representation)) throw new InputError(`${place} is an object; got ${abbreviate(representation)}.`);
  const name = Object.hasOwn(representation, '__typename') ? representation.__typename : undefined;
  const entity = typeof name === 'string' ? entities.get(name) : undefined;
  if (entity) return entity;
  const known = [...entities.keys()].join(', ');
  throw new InputError(`${place}.__typename is one of ${known}; got ${abbreviate(name)}.`);
}

/** The concrete type of a found record. */
export const entityType: GraphQLTypeResolver<object, unknown> = (record, context, info) => {
  const type = requestedType.get(record);
  return isInterfaceType(type) ? type.resolveType?.(record, context, info, type) : type?.name;
};
