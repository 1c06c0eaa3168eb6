import { InputError } from '../errors.js';
import { Selection } from '../execute/plan.js';
import type { EagerListPlanner } from '../read/eager.js';
import { listWithJoins } from '../read/joins.js';
import { pageSelectionOf } from './connection.js';
import type { ListArgs } from './page.js';
import { type BoundList, bindList, type ListRelation } from './relation.js';
import { cursorColumnCount, pageProjection, pageQuery } from './root-list.js';

/** What comes along with the records that a list stands under, of all places where it is selected. */
export function planEagerLists<Row extends object>(relation: ListRelation<Row>): EagerListPlanner {
  return (em, id, asked) => {
    const lists = new Map<string, { nested: BoundList; selections: Selection[]; types: Set<string> }>();
    for (const { args, selection, type } of asked) {
      const nested = orUndefinedOnInputError(() =>
        bindList(relation as unknown as ListRelation<object>, args as ListArgs),
      );
      if (!nested) continue;
      const known = lists.get(nested.key);
      if (known) {
        known.selections.push(selection);
        known.types.add(type);
      } else lists.set(nested.key, { nested, selections: [selection], types: new Set([type]) });
    }
    return [...lists.values()].flatMap(({ nested: { key, rowProperty, plan }, selections, types }) => {
      const its = pageSelectionOf(Selection.merge(...selections) as Selection);
      if (!its.rows) return [];
      const { wanted, projection } = pageProjection(em, plan, its);
      const [type, other] = types;
      const on = relation.on(plan.alias, [id], em, other ? undefined : type);
      const conditions = [on, ...plan.whereClause, ...plan.cursorConditions];
      const page = pageQuery(em, plan, projection, wanted, conditions);
      const rows = listWithJoins(page, projection, cursorColumnCount(plan, wanted));
      return {
        property: rowProperty,
        key: `${key} ${[...types]} ${projection.key} ${wanted.cursors}`,
        rows,
        nest: projection.nest,
      };
    });
  };
}

/** A list whose arguments break a rule is not read ahead: its field says what is wrong. */
function orUndefinedOnInputError(make: () => BoundList): BoundList | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
