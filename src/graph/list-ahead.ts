import { Extensions } from 'type-graphql';
import type { ReadAhead } from './along.js';
import { wantedBy } from './connection.js';
import { InputError } from './errors.js';
import { Selection } from './execute/selection.js';
import { listWithJoins } from './joins.js';
import { pageQuery, placesOf, reading } from './listing.js';
import type { ListArgs } from './page.js';
import { type Nested, nestedList, type Relation } from './relation.js';

/** What comes along with the records that a list stands under, of all places where it is selected. */
function listsAhead<Row extends object>(relation: Relation<Row>): ReadAhead {
  return (em, id, asked) => {
    const lists = new Map<string, { nested: Nested; selections: Selection[]; types: Set<string> }>();
    for (const { args, selection, type } of asked) {
      const nested = valid(() => nestedList(relation as unknown as Relation<object>, args as ListArgs));
      if (!nested) continue;
      const known = lists.get(nested.key);
      if (known) {
        known.selections.push(selection);
        known.types.add(type);
      } else lists.set(nested.key, { nested, selections: [selection], types: new Set([type]) });
    }
    return [...lists.values()].flatMap(({ nested: { key, property, plan }, selections, types }) => {
      const its = wantedBy(Selection.of(...selections) as Selection);
      if (!its.rows) return [];
      const { wanted, projection } = reading(em, plan, its);
      const [type, other] = types;
      const on = relation.on(plan.alias, [id], em, other ? undefined : type);
      const conditions = [on, ...plan.where, ...plan.bounds];
      const page = pageQuery(em, plan, projection, wanted, conditions);
      const rows = listWithJoins(page, projection, placesOf(plan, wanted));
      return {
        property,
        key: `${key} ${[...types]} ${projection.key} ${wanted.places}`,
        rows,
        nest: projection.nest,
      };
    });
  };
}

/** A list whose arguments break a rule is not read ahead: its field says what is wrong. */
function valid(make: () => Nested): Nested | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * Decorator of a field that is a list under its record, by `listEach`: the list comes in the statement that reads the
 * record, where its arguments are constant. What that gains stands in `test/bench/RESULTS.md`.
 */
export function ReadsList<Row extends object>(relation: Relation<Row>): MethodDecorator {
  return Extensions({ ahead: listsAhead(relation) }) as MethodDecorator;
}
