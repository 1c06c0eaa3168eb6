import type { EntityManager } from '@mikro-orm/sql';
import { Field, ID, InterfaceType } from 'type-graphql';
import { abbreviate, InputError } from '../errors.js';
import { isIdWith, MAX_ID_LENGTH, prefixOf } from './id.js';
import { type RecordSource, recordById } from './record-loader.js';

/** Every record that the register can find by id alone. */
export interface Identified {
  id: string;
}

/** The kinds of record, by the prefix of their ids. Filled by the concepts themselves. */
const nodeTypes = new Map<string, { typename: string; concept: RecordSource<{ id: string }> }>();

/** Declares that ids with this prefix name records of this type. */
export function registerNode<Row extends { id: string }>(
  prefix: string,
  typename: string,
  concept: RecordSource<Row>,
): void {
  nodeTypes.set(prefix, { typename, concept: concept as unknown as RecordSource<{ id: string }> });
}

/** The name of the GraphQL type that an id names a record of. */
export function nodeTypeOf(id: string): string | undefined {
  return kindOf(id)?.typename;
}

function kindOf(id: string) {
  return nodeTypes.get(prefixOf(id));
}

/**
 * Checks that a text can be an id: a known prefix, then words of lower-case letters and digits.
 *
 * @throws InputError when it cannot; an id that merely names nothing passes.
 */
export function checkId(id: string, argument = 'id'): string {
  const prefixes = [...nodeTypes.keys()].sort();
  if (!isIdWith(prefixes, id)) {
    throw new InputError(
      `${argument} must be like nl-rotterdam or tie-rotterdam-shanghai: ${prefixes.join(', ')}, then words of a–z and 0–9, at most ${MAX_ID_LENGTH} characters; got ${abbreviate(id)}.`,
    );
  }
  return id;
}

/** The record of any type that an id names, or null; all ids of a level load in one statement a type. */
export function nodeById(em: EntityManager, id: string, argument = 'id'): PromiseLike<object | null> | null {
  const kind = kindOf(checkId(id, argument));
  return kind ? recordById(em, kind.concept, id) : null;
}

/** A record by id when it is of this type; null when the id names another type or nothing. */
export function nodeByIdOfType<Row extends { id: string }>(
  em: EntityManager,
  concept: RecordSource<Row>,
  id: string,
  ...prefixes: string[]
): PromiseLike<Row | null> | null {
  checkId(id);
  return prefixes.some(prefix => id.startsWith(`${prefix}-`)) ? recordById(em, concept, id) : null;
}

@InterfaceType({
  description:
    'A record with a globally unique id that never changes and is never reused. The prefix of the id names the type.',
  resolveType: ({ id }: Identified) => nodeTypeOf(id),
})
export abstract class Node implements Identified {
  @Field(() => ID, { description: 'Readable, stable id, such as nl-rotterdam or tie-rotterdam-shanghai.' })
  id!: string;
}
