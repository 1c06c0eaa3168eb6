import sql, { join, type Sql } from 'sql-template-tag';
import { type ClassType, Field, InputType } from 'type-graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';

const MAX_CONDITIONS = 50;

/** The position in a filter: its path for messages, its depth for aliases, its budget for the limit on its size. */
export interface FilterScope {
  path: string;
  /** The number of relations between the list and this position. */
  depth: number;
  budget: { conditions: number };
  /** Receives common table expressions for `with recursive`; absent if the statement has none, as in an export. */
  ctes?: Sql[] | undefined;
}

/**
 * Returns the SQL of a filter field, or `undefined` if its value asks for nothing, such as an empty text. Called with the
 * alias of the filtered row and the value of the field.
 */
export type Condition<V> = (row: Sql, value: V, scope: FilterScope) => Sql | undefined;

export type FilterClass<F extends object = object> = ClassType<F>;

const conditionsOf = new WeakMap<FilterClass, Map<string, Condition<never>>>();
const idConditions = new WeakMap<Condition<never>, Condition<never>>();

/**
 * Returns the condition of a filter field that depends on the id of a record alone, so that a relation can check it on the
 * reference, without the record.
 *
 * @param condition Called with the id in place of the row: `a.id`, or `p.dutch_id` in a relation.
 */
export function onId<V>(condition: Condition<V>): Condition<V> {
  const onRow: Condition<V> = (row, value, scope) => condition(sql`${row}.id`, value, scope);
  idConditions.set(onRow, condition);
  return onRow;
}

/**
 * Adds a field to a filter: to its input type, with the SQL of its condition. A concept adds its relation to the filters
 * of the concepts that it refers to.
 */
export function filterField<V>(
  filter: FilterClass,
  name: string,
  type: () => ClassType | object,
  description: string,
  condition: Condition<V>,
): void {
  Field(type as never, { nullable: true, description })(filter.prototype as object, name);
  let conditions = conditionsOf.get(filter);
  if (!conditions) {
    conditions = new Map();
    conditionsOf.set(filter, conditions);
  }
  conditions.set(name, condition as Condition<never>);
}

/** The fields of a filter: GraphQL type, description, SQL of the condition. */
export type FilterFields = Record<
  string,
  [type: () => ClassType | object, description: string, condition: Condition<never>]
>;

/**
 * Returns a concept's filter: its fields, and `and`, `or`, `not`.
 *
 * Two-valued logic, unlike SQL: a condition on an unknown value is false, and `not` makes it true:
 *
 *     (p.kind = $1) is not true
 *
 * A filter that asks for nothing, as that of an empty form, is ignored wherever it is: also in `and`, `or` and `not`.
 */
export function filterType(name: string, description: string, fields: FilterFields): FilterClass {
  @InputType(name, { description })
  class Filter {}
  for (const [field, [type, fieldDescription, condition]] of Object.entries(fields)) {
    filterField(Filter, field, type, fieldDescription, condition);
  }
  const combine = (row: Sql, filters: object[], scope: FilterScope, word: string): Sql | undefined => {
    // Empty filters consume none of the budget, but thousands of them make a large statement.
    if (filters.length > MAX_CONDITIONS) {
      throw new InputError(
        message('TOO_MANY_FILTERS', { path: scope.path, limit: MAX_CONDITIONS, count: filters.length }),
      );
    }
    const parts = filters.flatMap((filter, i) => {
      const part = conditionOf(Filter, filter, row, { ...scope, path: `${scope.path}[${i}]` });
      return part ? [part] : [];
    });
    return parts.length ? sql`(${join(parts, word)})` : undefined;
  };
  filterField<object[]>(
    Filter,
    'and',
    () => [Filter],
    'All of these filters match. Filters without conditions are ignored.',
    (row, all, scope) => combine(row, all, scope, ' and '),
  );
  filterField<object[]>(
    Filter,
    'or',
    () => [Filter],
    'At least one of these filters matches. Filters without conditions are ignored.',
    (row, any, scope) => combine(row, any, scope, ' or '),
  );
  filterField<object>(
    Filter,
    'not',
    () => Filter,
    'This filter does not match. A condition on an unknown value counts as not met. A filter without conditions is ignored.',
    (row, filter, scope) => {
      const condition = conditionOf(Filter, filter, row, scope);
      return condition && sql`(${condition}) is not true`;
    },
  );
  return Filter;
}

/**
 * Returns the SQL of a filter: its conditions, joined by `and`; `true` without any.
 *
 * @throws InputError for too many conditions, or too many nested relations.
 */
export function predicate(
  filter: FilterClass,
  value: object,
  row: Sql,
  scope: FilterScope = { path: 'filter', depth: 0, budget: { conditions: 0 } },
): Sql {
  return conditionOf(filter, value, row, scope) ?? sql`true`;
}

/** An absent variable arrives as null: the field is ignored, as if it were absent. */
const fieldsOf = (value: object) =>
  Object.entries(value).filter(([, fieldValue]) => fieldValue !== undefined && fieldValue !== null);

/**
 * Returns the SQL of a filter on the record that a reference names, if it depends on the id alone; `undefined` if it needs
 * the record.
 */
export function referencePredicate(
  filter: FilterClass,
  value: object,
  reference: Sql,
  scope: FilterScope,
): Sql | undefined {
  const conditions = conditionsOf.get(filter);
  const isOnId = fieldsOf(value).every(([name]) => idConditions.has(conditions?.get(name) as Condition<never>));
  if (!isOnId) return undefined;
  const condition = conditionOf(filter, value, reference, scope, idConditions);
  return condition ? sql`(${reference} is not null and ${condition})` : sql`${reference} is not null`;
}

/**
 * Returns the SQL of a filter, or `undefined` if it asks for nothing.
 *
 * @param row The alias of the row; the id, if `replaced` has conditions on it.
 */
function conditionOf(
  filter: FilterClass,
  value: object,
  row: Sql,
  scope: FilterScope,
  replaced?: typeof idConditions,
): Sql | undefined {
  const parts: Sql[] = [];
  for (const [name, fieldValue] of fieldsOf(value)) {
    scope.budget.conditions += 1;
    if (scope.budget.conditions > MAX_CONDITIONS) {
      throw new InputError(message('TOO_MANY_CONDITIONS', { limit: MAX_CONDITIONS }));
    }
    const condition = conditionsOf.get(filter)?.get(name);
    if (!condition) throw new InputError(message('FILTER_UNKNOWN', { path: scope.path, name }));
    const part = (replaced?.get(condition) ?? condition)(row, fieldValue as never, {
      ...scope,
      path: `${scope.path}.${name}`,
    });
    if (part) parts.push(part);
  }
  return parts.length ? join(parts, ' and ') : undefined;
}
