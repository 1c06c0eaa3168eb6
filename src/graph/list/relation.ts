import type { EntityManager } from '@mikro-orm/sql';
import type { Sql } from 'sql-template-tag';
import type { ListDefinition } from './list-definition.js';
import type { ListArgs } from './page.js';
import { type ListPlan, listPlan } from './root-list.js';

/** One list under many parents, as the relation that leads to it. */
export interface ListRelation<Row extends object> {
  /** Unique: it keys the loaders, and marks the cursors. */
  name: string;
  list: ListDefinition<Row>;
  /**
   * When a row belongs to a parent; the parent's key parts are text columns of the batch. The type of all parents is
   * told where it is known.
   */
  on: (row: Sql, parent: Sql[], em: EntityManager, type?: string) => Sql;
}

/** A parent of a nested list: its key, in as many parts as the relation compares. */
export type ParentKey = readonly (string | null)[];

/** A nested list as one field with its arguments asks for it: the same for all parents. */
export interface BoundList {
  /** Tells it from every other. */
  key: string;
  /** Where a record carries its rows, when they came with it. */
  rowProperty: string;
  relation: ListRelation<object>;
  plan: ListPlan<object>;
}

type ByArguments = WeakMap<ListArgs, WeakMap<ListRelation<object>, BoundList>>;
const boundByArguments: ByArguments = new WeakMap();
const boundByRestriction = new WeakMap<Sql, ByArguments>();

/**
 * A list under its parents, with its arguments checked; the same for the same arguments.
 *
 * @throws InputError for arguments that break a rule.
 */
export function bindList(relation: ListRelation<object>, args: ListArgs, also?: Sql): BoundList {
  let byArguments = also ? boundByRestriction.get(also) : boundByArguments;
  if (!byArguments) {
    byArguments = new WeakMap();
    boundByRestriction.set(also as Sql, byArguments);
  }
  let byRelation = byArguments.get(args);
  if (!byRelation) {
    byRelation = new WeakMap();
    byArguments.set(args, byRelation);
  }
  let found = byRelation.get(relation);
  if (!found) {
    const { name, list } = relation;
    const key = JSON.stringify([name, args, also?.text, also?.values]);
    found = { key, rowProperty: `~${key}`, relation, plan: listPlan(list, name, args, also) };
    byRelation.set(relation, found);
  }
  return found;
}
