import type { Sql } from 'sql-template-tag';
import type { Fork } from '../sql/fork.js';
import type { ListDefinition } from './list-definition.js';
import { type ListPlan, listPlan } from './list-plan.js';
import type { ListArgs } from './page.js';

/** The relation between parents and the rows of a list under them. */
export interface ListRelation<Row extends object> {
  /** Unique: part of the keys of loaders and of the fingerprint of cursors. */
  name: string;
  list: ListDefinition<Row>;
  /**
   * Returns the condition that a row belongs to a parent: `p.dutch_id = parent.k0`.
   *
   * Called with the alias of the row, with one expression per part of the parent's key (columns of a batch of parents,
   * or the id of the record in an eager fetch), and with the GraphQL type of all parents, if known.
   */
  on(row: Sql, parent: Sql[], em: Fork, type?: string): Sql;
}

/** The key of a parent, in as many parts as the relation compares. */
export type ParentKey = readonly (string | null)[];

/** A relation with the arguments of one field: the same object for all parents. */
export interface BoundList<Row extends object = object> {
  /** Equal for fields that read the same list. */
  key: string;
  /**
   * The hidden property of a record that holds the rows, if they are fetched with it; undefined for a field of which they never
   * are. A field with variables does not take the rows of one with equal arguments: they have the columns that one selects.
   */
  rowProperty: string | undefined;
  relation: ListRelation<Row>;
  plan: ListPlan<Row>;
}

type ByArguments = WeakMap<ListArgs, WeakMap<ListRelation<object>, BoundList>>;
const boundByArguments: ByArguments = new WeakMap();
const boundByRestriction = new WeakMap<Sql, ByArguments>();

/**
 * Binds a relation to the arguments of a field. Memoised by the identity of arguments and restriction.
 *
 * @param restriction A condition on the whole list in addition to the client's filter: the same object for all parents.
 * @throws InputError for arguments that break a rule.
 */
export function bindList<Row extends object>(
  relation: ListRelation<Row>,
  args: ListArgs,
  restriction?: Sql,
): BoundList<Row> {
  let byArguments = restriction ? boundByRestriction.get(restriction) : boundByArguments;
  if (!byArguments) {
    byArguments = new WeakMap();
    boundByRestriction.set(restriction as Sql, byArguments);
  }
  let byRelation = byArguments.get(args);
  if (!byRelation) {
    byRelation = new WeakMap();
    byArguments.set(args, byRelation);
  }
  let bound = byRelation.get(relation) as BoundList<Row> | undefined;
  if (!bound) {
    const { name, list } = relation;
    const key = JSON.stringify([name, args, restriction?.text, restriction?.values]);
    bound = { key, rowProperty: undefined, relation, plan: listPlan(list, name, args, restriction) };
    byRelation.set(relation, bound);
  }
  return bound;
}
