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
import { abbreviate, InputError } from '../graph/errors.js';
import { isStorable } from '../graph/types/text.js';

/** How records are found that another graph refers to by one key. */
export interface Reference<C = Context> {
  /** The object or interface type; it has `@key(fields: …)` with these fields. */
  type: string;
  key: string;
  find: Find<unknown, C>;
}

/**
 * Finds the record with a key, of the reference's type; null when there is none. Called for all representations of a
 * request at once, so a loader makes one statement of them.
 *
 * @param key The fields of the key in their nesting, each coerced to its type.
 * @param representation The whole of what came, unchecked: with the fields that `@requires` asks for.
 */
export type Find<Key, C> = (
  key: Key,
  context: C,
  representation: Representation,
) => PromiseLike<object | null> | object | null;

/** Says how a type is found by one of its keys: `byKey<{ id: string }>('Exchange', 'id', …)`. */
export function referenceByKey<Key, C = Context>(type: string, key: string, find: Find<Key, C>): Reference<C> {
  return { type, key, find: find as Find<unknown, C> };
}

/** What a router sends for a record: `__typename`, the fields of a key, and whatever else it has. */
export type Representation = Readonly<Record<string, unknown>>;

/** A type with fields, as a key is declared on it. */
export type KeyedType = GraphQLObjectType | GraphQLInterfaceType;

/** The fields of a key, with the type that each is coerced to. */
interface KeyField {
  name: string;
  leaf?: GraphQLScalarType;
  below: KeyField[];
}

/** A key of a type, ready to be read from representations. */
export interface Key {
  /** As it stands in `@key`, with single spaces. */
  text: string;
  /** Whether a representation holds every field of it. */
  isIn(representation: Representation): boolean;
  /** @throws InputError for a value of the wrong type. */
  read(representation: Representation, place: string): object;
}

export const isRecord = (value: unknown): value is Representation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error for a key that names a field which the type has not. */
export function keyOf(type: KeyedType, fields: string): Key {
  const [{ selectionSet }] = parse(`{ ${fields} }`).definitions as [OperationDefinitionNode];
  const its = fieldsOf(type, selectionSet);
  return {
    text: fields.trim().replace(/\s+/g, ' '),
    isIn: representation => its.every(field => isIn(field, representation)),
    read: (representation, place) => read(its, representation, place),
  };
}

function fieldsOf(type: KeyedType, { selections }: SelectionSetNode): KeyField[] {
  return selections.map(selection => {
    if (selection.kind !== Kind.FIELD) throw new Error(`A key of ${type.name} holds fields only.`);
    const { name, selectionSet } = selection as FieldNode;
    const field = type.getFields()[name.value];
    if (!field) throw new Error(`A key of ${type.name} names ${name.value}, which that has not.`);
    const named = getNamedType(field.type);
    if (isLeafType(named)) return { name: name.value, leaf: named as GraphQLScalarType, below: [] };
    return { name: name.value, below: fieldsOf(named as KeyedType, selectionSet as SelectionSetNode) };
  });
}

function isIn({ name, below }: KeyField, representation: Representation): boolean {
  const value = Object.hasOwn(representation, name) ? representation[name] : undefined;
  if (value === undefined || value === null) return false;
  // What is no object is of the wrong type; that it is there, it is.
  return !isRecord(value) || below.every(field => isIn(field, value));
}

function read(fields: readonly KeyField[], representation: Representation, place: string): object {
  const entries = fields.map(({ name, leaf, below }): [string, unknown] => {
    const [value, here] = [representation[name], `${place}.${name}`];
    if (leaf) return [name, coerce(leaf, value, here)];
    if (!isRecord(value)) throw new InputError(`${here} is an object; got ${abbreviate(value)}.`);
    return [name, read(below, value, here)];
  });
  return Object.fromEntries(entries);
}

function coerce(leaf: GraphQLScalarType, value: unknown, place: string): unknown {
  let coerced: unknown;
  try {
    coerced = leaf.parseValue(value);
  } catch (error) {
    if (error instanceof GraphQLError) throw new InputError(`${place}: ${error.message.replace(/\.?$/, '.')}`);
    throw error;
  }
  if (typeof coerced === 'string' && !isStorable(coerced)) {
    throw new InputError(
      `${place} is text without NUL and without half of a surrogate pair; got ${abbreviate(value)}.`,
    );
  }
  return coerced;
}
