import {
  type FieldNode,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLScalarType,
  getNamedType,
  isLeafType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from '../context.js';
import { abbreviate, errorAt, InputError } from '../graph/errors.js';
import { describeValue, namesRule } from '../graph/execute/variable-error.js';
import { isStorable } from '../graph/types/text.js';
import { message } from '../messages/message.js';

/** Resolves the records that other subgraphs refer to by one key of a type. */
export interface Reference<C = Context> {
  /** The name of the object or interface type with the `@key`. */
  type: string;
  /** The `fields` of the `@key`. */
  key: string;
  find: Find<unknown, C>;
}

/**
 * Returns the record of the reference's type with a key, or null if there is none. Called once per representation, for
 * all representations of a request in one tick, so that a loader batches them. A throw becomes an error at the position
 * of the representation; the others are unaffected.
 *
 * @param key The nested fields of the key, each coerced to its type.
 * @param representation The representation as received, unchecked. Includes the fields that `@requires` selects.
 */
export type Find<Key, C> = (
  key: Key,
  context: C,
  representation: Representation,
) => PromiseLike<object | null> | object | null;

/** Creates a typed reference: `referenceByKey<{ id: string }>('Exchange', 'id', …)`. */
export function referenceByKey<Key, C = Context>(type: string, key: string, find: Find<Key, C>): Reference<C> {
  return { type, key, find: find as Find<unknown, C> };
}

/** A router's reference to a record: `__typename`, the fields of a key, and the fields that `@requires` selects. */
export type Representation = Readonly<Record<string, unknown>>;

/** A type that can have a `@key`. */
export type KeyedType = GraphQLObjectType | GraphQLInterfaceType;

/** A field of a key: a leaf with the type it is coerced to, or an object with its fields. */
interface KeyField {
  name: string;
  leaf?: GraphQLScalarType;
  children: KeyField[];
}

/** A parsed key of a type. */
export interface Key {
  /** The `fields` of the `@key`, with whitespace normalised. */
  text: string;
  /** Returns true if a representation has every field of the key. */
  isIn(representation: Representation): boolean;
  /**
   * Returns the coerced fields of the key.
   *
   * @param place The path of the representation, for the error message.
   * @throws InputError for a value of the wrong type.
   */
  read(representation: Representation, place: string): object;
}

export const isRecord = (value: unknown): value is Representation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Parses the `fields` of a `@key`.
 *
 * @throws Error for a field that the type does not have.
 */
export function keyOf(type: KeyedType, fields: string): Key {
  const [{ selectionSet }] = parse(`{ ${fields} }`).definitions as [OperationDefinitionNode];
  const keyFields = keyFieldsOf(type, selectionSet);
  return {
    text: fields.trim().replace(/\s+/g, ' '),
    isIn: representation => keyFields.every(field => isIn(field, representation)),
    read: (representation, place) => read(keyFields, representation, place),
  };
}

function keyFieldsOf(type: KeyedType, { selections }: SelectionSetNode): KeyField[] {
  return selections.map(selection => {
    if (selection.kind !== Kind.FIELD) throw new Error(`A key of ${type.name} must select fields only.`);
    const { name, selectionSet } = selection as FieldNode;
    const field = type.getFields()[name.value];
    if (!field)
      throw new Error(`A key of ${type.name} selects ${name.value}, a field that ${type.name} does not have.`);
    const named = getNamedType(field.type);
    if (isLeafType(named)) return { name: name.value, leaf: named as GraphQLScalarType, children: [] };
    return { name: name.value, children: keyFieldsOf(named as KeyedType, selectionSet as SelectionSetNode) };
  });
}

function isIn({ name, children }: KeyField, representation: Representation): boolean {
  const value = Object.hasOwn(representation, name) ? representation[name] : undefined;
  if (value === undefined || value === null) return false;
  // A value of the wrong type counts as present: `read` then rejects it with a precise message.
  return !isRecord(value) || children.every(field => isIn(field, value));
}

function read(fields: readonly KeyField[], representation: Representation, place: string): object {
  const entries = fields.map(({ name, leaf, children }): [string, unknown] => {
    const [value, fieldPlace] = [representation[name], `${place}.${name}`];
    if (leaf) return [name, coerce(leaf, value, fieldPlace)];
    if (!isRecord(value)) {
      throw new InputError(message('REPRESENTATION_NOT_OBJECT', { path: fieldPlace, value: abbreviate(value) }));
    }
    return [name, read(children, value, fieldPlace)];
  });
  return Object.fromEntries(entries);
}

function coerce(leaf: GraphQLScalarType, value: unknown, place: string): unknown {
  let coerced: unknown;
  try {
    coerced = leaf.parseValue(value);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw namesRule(error) ? errorAt(place, error) : new InputError(describeValue(leaf, place, value, error));
  }
  if (typeof coerced === 'string' && !isStorable(coerced)) {
    throw new InputError(message('REPRESENTATION_NOT_STORABLE', { path: place, value: abbreviate(value) }));
  }
  return coerced;
}
