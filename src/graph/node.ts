import type { EntityManager } from '@mikro-orm/sql';
import type DataLoader from 'dataloader';
import { Field, ID, InterfaceType } from 'type-graphql';
import { InputError, shown } from './errors.js';
import { isIdWith, LONGEST_ID, prefixOf } from './id.js';

/** Every record that the register can find by id alone. */
export interface Identified {
  id: string;
}

/** The kinds of record, by the prefix of their ids. Filled by the concepts themselves. */
const kinds = new Map<
  string,
  { typename: string; byId: (em: EntityManager) => DataLoader<string, object | null, unknown> }
>();

/** Declares that ids with this prefix name records of this type, found by this loader. */
export function registerNode(
  prefix: string,
  typename: string,
  byId: (em: EntityManager) => DataLoader<string, object | null, unknown>,
): void {
  kinds.set(prefix, { typename, byId });
}

/** The name of the GraphQL type that an id names a record of. */
export function nodeTypeOf(id: string): string | undefined {
  return kindOf(id)?.typename;
}

function kindOf(id: string) {
  return kinds.get(prefixOf(id));
}

/**
 * Checks that a text can be an id: a known prefix, then words of lower-case letters and digits.
 *
 * @throws InputError when it cannot; an id that merely names nothing passes.
 */
export function checkId(id: string, argument = 'id'): string {
  if (!isIdWith([...kinds.keys()], id)) {
    throw new InputError(
      `${argument} must be like nl-rotterdam or tie-rotterdam-shanghai: ${[...kinds.keys()].join(', ')}, then words of a–z and 0–9, at most ${LONGEST_ID} characters; got ${shown(id)}.`,
    );
  }
  return id;
}

/** The record of any type that an id names, or null; all ids of a level load in one statement a type. */
export async function nodeById(em: EntityManager, id: string, argument = 'id'): Promise<object | null> {
  return (await kindOf(checkId(id, argument))?.byId(em).load(id)) ?? null;
}

/** A record by id when it is of this type; null when the id names another type or nothing. */
export async function byTypedId<Row>(
  loader: DataLoader<string, Row | null, unknown>,
  id: string,
  ...prefixes: string[]
): Promise<Row | null> {
  checkId(id);
  return prefixes.some(prefix => id.startsWith(`${prefix}-`)) ? loader.load(id) : null;
}

@InterfaceType({
  description: 'A record with an id of its own that never changes and is never reused; its prefix names the type.',
  resolveType: ({ id }: Identified) => nodeTypeOf(id),
})
export abstract class Node implements Identified {
  @Field(() => ID, { description: 'Readable and stable, such as nl-rotterdam or tie-rotterdam-shanghai.' })
  id!: string;
}
