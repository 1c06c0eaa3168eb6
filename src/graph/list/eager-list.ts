import type { Sql } from 'sql-template-tag';
import { InputError } from '../errors.js';
import { Selection } from '../execute/plan.js';
import type { EagerListPlanner } from '../read/eager.js';
import { listWithJoins } from '../read/joins.js';
import { jsonRow } from '../read/json-row.js';
import { eagerRowsProperty } from '../read/row-properties.js';
import { metadataOf, tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import type { ListPlan } from './list-plan.js';
import type { ListArgs } from './page.js';
import { cursorColumnCount, pageKey, pageProjection, pageQuery } from './page-query.js';
import { pageSelectionOf } from './page-selection.js';
import { type BoundList, bindList, type ListRelation } from './relation.js';

/** A list with equal arguments in all places where it is selected. */
interface BoundSelection {
  bound: BoundList;
  selections: Selection[];
  /** True if it may be a `JsonList` where it is selected first. */
  takesJsonLists: boolean;
  /** The GraphQL types of the records under which it is selected. */
  types: Set<string>;
}

/**
 * Returns the planner of a list's eager fetch: one lateral subquery per distinct set of constant arguments, which
 * becomes a JSON column of the record's statement:
 *
 *     (select json_agg(list) from (
 *       select e."id" as "id" from "exchange" e where e.partnership_id = page.id
 *       order by coalesce(e.started_day, '~') asc, e.id asc limit 5) list) as "~list0"
 *
 * The gain is in `test/bench/RESULTS.md`.
 */
export function planEagerLists<Row extends object>(relation: ListRelation<Row>): EagerListPlanner {
  return (em, id, requests) => {
    const lists = new Map<string, BoundSelection>();
    for (const { args, selection, type, takesJsonLists } of requests) {
      const bound = orUndefinedOnInputError(() => bindList<object>(relation, args as ListArgs));
      if (!bound) continue;
      bound.rowProperty = eagerRowsProperty(bound.key);
      const same = lists.get(bound.key);
      if (same) {
        same.selections.push(selection);
        same.types.add(type);
      } else lists.set(bound.key, { bound, selections: [selection], takesJsonLists, types: new Set([type]) });
    }
    return [...lists.values()].flatMap(({ bound: { key, plan }, selections, takesJsonLists, types }) => {
      const selected = pageSelectionOf(Selection.merge(...selections) as Selection);
      if (!selected.rows) return [];
      const [type] = types;
      const on = relation.on(plan.alias, [id], em, types.size === 1 ? type : undefined);
      const conditions = [on, ...plan.whereClause, ...plan.cursorConditions];
      const source = { table: tableOf(em, plan.listing.entity), conditions };
      const property = eagerRowsProperty(key);
      const [own, ...others] = selections;
      const columns = takesJsonLists && own && others.length === 0 ? jsonRowOf(em, plan, own) : undefined;
      if (columns) {
        const rows = pageQuery(plan, { columns }, { cursors: false, pageInfo: false }, source);
        return { property, key: `${key} ${[...types]} json`, rows, isJsonList: true, assemble: undefined };
      }
      const { selection, projection } = pageProjection(em, plan, selected);
      const page = pageQuery(plan, projection, selection, source);
      return {
        property,
        key: `${key} ${[...types]} ${pageKey(projection, selection)}`,
        rows: listWithJoins(page, projection, cursorColumnCount(plan, selection)),
        isJsonList: false,
        assemble: projection.assemble,
      };
    });
  };
}

/** Returns the columns of a list that PostgreSQL can write as the response has it; `undefined` for any other list. */
function jsonRowOf(em: Fork, { listing, alias, page }: ListPlan<object>, selection: Selection): Sql | undefined {
  if (listing.projection || listing.selectsWholeRow || page.backwards) return undefined;
  return jsonRow(metadataOf(em, listing.entity), alias.text, selection);
}

/** Returns `undefined` for arguments that break a rule: the resolver of the field reports the error. */
function orUndefinedOnInputError(bind: () => BoundList): BoundList | undefined {
  try {
    return bind();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
