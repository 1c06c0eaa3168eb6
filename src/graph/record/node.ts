import { Field, ID, InterfaceType } from 'type-graphql';
import { message } from '../../messages/message.js';
import { abbreviate, InputError } from '../errors.js';
import { withoutInfo } from '../execute/takes-info.js';
import type { Fork } from '../sql/fork.js';
import { isIdWith, MAX_ID_LENGTH, prefixOf } from './id.js';
import { type RecordSource, recordById } from './record-loader.js';

/** A record that can be loaded by its id alone. */
export interface Identified {
  id: string;
}

interface NodeType {
  typename: string;
  source: RecordSource<{ id: string }>;
}

/** The types of records by the prefix of their ids. */
const nodeTypes = new Map<string, NodeType>();

/** Registers the prefix of a type's ids. Called by the `*.listing.ts` of each concept, when it is loaded. */
export function registerNode(prefix: string, typename: string, source: RecordSource<{ id: string }>): void {
  nodeTypes.set(prefix, { typename, source });
}

/** Returns the name of the GraphQL type of the record with an id. */
export function nodeTypeOf(id: string): string | undefined {
  return nodeTypes.get(prefixOf(id))?.typename;
}

/** Resolves the concrete type of a record. */
export const resolveNodeType = withoutInfo(({ id }: Identified): string | undefined => nodeTypeOf(id));

/** Returns the table of the record with an id. */
export function recordSourceOf(id: string): RecordSource<Identified> | undefined {
  return nodeTypes.get(prefixOf(id))?.source;
}

/** Returns the types of records by the names of their GraphQL types. */
export function recordSourcesByType(): ReadonlyMap<string, RecordSource<Identified>> {
  return new Map([...nodeTypes.values()].map(({ typename, source }) => [typename, source]));
}

/**
 * Checks the form of an id: a registered prefix, then words of lower-case letters and digits. An id without a record
 * passes.
 *
 * @throws InputError for any other text.
 */
export function checkId(id: string, argument = 'id'): string {
  const prefixes = [...nodeTypes.keys()].sort();
  if (!isIdWith(prefixes, id)) {
    const params = { argument, prefixes: prefixes.join(', '), limit: MAX_ID_LENGTH, value: abbreviate(id) };
    throw new InputError(message('ID_MALFORMED', params));
  }
  return id;
}

/** Returns the record with an id, of any type; one statement per type loads all ids of a level. Null for a text that is no id. */
export function nodeById(em: Fork, id: string): PromiseLike<object | null> | null {
  const prefix = prefixOf(id);
  const type = nodeTypes.get(prefix);
  return type && isIdWith([prefix], id) ? recordById(em, type.source, id) : null;
}

/** Returns the record with an id; null, without a statement, for a text that is no id with one of these prefixes. */
export function nodeByIdOfType<Row extends { id: string }>(
  em: Fork,
  source: RecordSource<Row>,
  id: string,
  ...prefixes: string[]
): PromiseLike<Row | null> | null {
  return isIdWith(prefixes, id) ? recordById(em, source, id) : null;
}

@InterfaceType({
  description:
    'A record with a globally unique id that never changes and is never reused. The prefix of the id names the type.',
  resolveType: resolveNodeType,
})
export abstract class Node implements Identified {
  @Field(() => ID, { description: 'Readable, stable id, such as nl-rotterdam or tie-rotterdam-shanghai.' })
  id!: string;
}
