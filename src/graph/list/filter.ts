import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type ClassType, Field, InputType } from 'type-graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';

const MAX_RELATION_DEPTH = 2;
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

/** Returns the SQL of a filter, or `undefined` if it asks for nothing. */
function conditionOf(filter: FilterClass, value: object, row: Sql, scope: FilterScope): Sql | undefined {
  const parts: Sql[] = [];
  for (const [name, fieldValue] of Object.entries(value)) {
    // An absent variable arrives as null: the field is ignored, as if it were absent.
    if (fieldValue === undefined || fieldValue === null) continue;
    scope.budget.conditions += 1;
    if (scope.budget.conditions > MAX_CONDITIONS) {
      throw new InputError(message('TOO_MANY_CONDITIONS', { limit: MAX_CONDITIONS }));
    }
    const condition = conditionsOf.get(filter)?.get(name) as Condition<unknown> | undefined;
    if (!condition) throw new InputError(message('FILTER_UNKNOWN', { path: scope.path, name }));
    const part = condition(row, fieldValue, { ...scope, path: `${scope.path}.${name}` });
    if (part) parts.push(part);
  }
  return parts.length ? join(parts, ' and ') : undefined;
}

/** The join from a row to the records of another concept. */
export interface RelationJoin {
  filter: () => FilterClass;
  table: string;
  /** One letter. The depth is appended, which makes it unique in the statement: `a1`. */
  alias: string;
  on: (row: Sql, related: Sql) => Sql;
}

/** Returns `exists (select 1 from authority a1 where a1.id = p.dutch_id and a1.country = $1)`. */
function existsRelated({ filter, table, alias, on }: RelationJoin, row: Sql, value: object, scope: FilterScope): Sql {
  const depth = scope.depth + 1;
  if (depth > MAX_RELATION_DEPTH) {
    throw new InputError(message('FILTER_TOO_DEEP', { path: scope.path, depth, limit: MAX_RELATION_DEPTH }));
  }
  const related = raw(`${alias}${depth}`);
  const condition = predicate(filter(), value, related, { ...scope, depth });
  return sql`exists (select 1 from ${raw(table)} ${related} where ${on(row, related)} and ${condition})`;
}

/** Returns the condition that a row refers to a record for which a filter holds. */
export const toOneFilter =
  (relation: RelationJoin): Condition<object> =>
  (row, value, scope) =>
    existsRelated(relation, row, value, scope);

/** Returns the condition that some or none of the records that refer to a row match a filter. */
export const toManyFilter =
  (relation: RelationJoin): Condition<{ some?: object; none?: object }> =>
  (row, { some, none }, scope) => {
    const parts: Sql[] = [];
    if (some) parts.push(existsRelated(relation, row, some, { ...scope, path: `${scope.path}.some` }));
    if (none) parts.push(sql`not ${existsRelated(relation, row, none, { ...scope, path: `${scope.path}.none` })}`);
    return parts.length ? sql`(${join(parts, ' and ')})` : undefined;
  };

/** Returns the input type of a relation to many, `{ some, none }`, over a concept's filter. */
export function relationFilter(name: string, filter: () => FilterClass): ClassType {
  @InputType(name, { description: 'Conditions on the related records; all must hold.' })
  class RelationFilter {
    @Field(filter, {
      nullable: true,
      description: 'At least one related record meets these conditions. `{}`: there is one.',
    })
    some?: object;
    @Field(filter, { nullable: true, description: 'No related record meets these conditions. `{}`: there is none.' })
    none?: object;
  }
  return RelationFilter;
}
