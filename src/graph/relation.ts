import type { EntityManager } from '@mikro-orm/sql';
import type { Sql } from 'sql-template-tag';
import { type Listing, type Plan, planOf } from './listing.js';
import type { ListArgs } from './page.js';

/** One list under many parents, as the relation that leads to it. */
export interface Relation<Row extends object> {
  /** Unique: it keys the loaders, and marks the cursors. */
  name: string;
  listing: Listing<Row>;
  /**
   * When a row belongs to a parent; the parent's key parts are text columns of the batch. The type of all parents is
   * told where it is known.
   */
  on: (row: Sql, parent: Sql[], em: EntityManager, type?: string) => Sql;
}

/** A parent of a nested list: its key, in as many parts as the relation compares. */
export type ParentKey = readonly (string | null)[];

/** A nested list as one field with its arguments asks for it: the same for all parents. */
export interface Nested {
  /** Tells it from every other. */
  key: string;
  /** Where a record carries its rows, when they came with it. */
  property: string;
  relation: Relation<object>;
  plan: Plan<object>;
}

type ByArguments = WeakMap<ListArgs, WeakMap<Relation<object>, Nested>>;
const nestedLists: ByArguments = new WeakMap();
const restricted = new WeakMap<Sql, ByArguments>();

/**
 * A list under its parents, with its arguments checked; the same for the same arguments.
 *
 * @throws InputError for arguments that break a rule.
 */
export function nestedList(relation: Relation<object>, args: ListArgs, also?: Sql): Nested {
  let byArguments = also ? restricted.get(also) : nestedLists;
  if (!byArguments) {
    byArguments = new WeakMap();
    restricted.set(also as Sql, byArguments);
  }
  let byRelation = byArguments.get(args);
  if (!byRelation) {
    byRelation = new WeakMap();
    byArguments.set(args, byRelation);
  }
  let found = byRelation.get(relation);
  if (!found) {
    const { name, listing } = relation;
    const key = JSON.stringify([name, args, also?.text, also?.values]);
    found = { key, property: `~${key}`, relation, plan: planOf(listing, name, args, also) };
    byRelation.set(relation, found);
  }
  return found;
}
