import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type ClassType, Field, InputType } from 'type-graphql';
import { InputError } from '../errors.js';

/** Relations may be followed this many times in one filter. */
const MAX_RELATION_DEPTH = 2;
/** One filter may hold this many conditions in all. */
const MAX_CONDITIONS = 50;

/** Where in a filter we are: for messages, for aliases, and to keep it small. */
export interface FilterScope {
  path: string;
  /** How many relations were followed to get here. */
  depth: number;
  budget: { conditions: number };
  ctes?: Sql[] | undefined;
}

/** How one field of a filter becomes SQL over the row it filters. */
export type Condition<V> = (row: Sql, value: V, scope: FilterScope) => Sql;

export type FilterClass<F extends object = object> = ClassType<F>;

const conditionsOf = new WeakMap<FilterClass, Map<string, Condition<never>>>();

/**
 * Adds a field to a filter's input type, together with the SQL it stands for. A concept that comes later in the order
 * of foreign keys adds its relation to an earlier one's filter this way.
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

/** The fields of a filter as its concept declares them: type, description, SQL. */
export type FilterFields = Record<
  string,
  [type: () => ClassType | object, description: string, condition: Condition<never>]
>;

/**
 * A concept's filter: its own fields and `and`, `or`, `not`.
 *
 * A condition on an unknown value does not hold, and `not` turns just that round: two-valued logic, unlike SQL's.
 */
export function filterType(name: string, description: string, fields: FilterFields): FilterClass {
  @InputType(name, { description })
  class Filter {}
  for (const [field, [type, fieldDescription, condition]] of Object.entries(fields)) {
    filterField(Filter, field, type, fieldDescription, condition);
  }
  const combine = (row: Sql, filters: object[], scope: FilterScope, word: string): Sql => {
    if (filters.length === 0)
      throw new InputError(`${scope.path} is empty; give it at least one filter, or leave it out.`);
    // Empty filters spend nothing of the budget, and a statement of thousands of them is work all the same.
    if (filters.length > MAX_CONDITIONS) {
      throw new InputError(`${scope.path} holds at most ${MAX_CONDITIONS} filters; got ${filters.length}.`);
    }
    const parts = filters.map((one, i) => predicate(Filter, one, row, { ...scope, path: `${scope.path}[${i}]` }));
    return sql`(${join(parts, word)})`;
  };
  filterField<object[]>(
    Filter,
    'and',
    () => [Filter],
    'All of these filters match.',
    (row, all, scope) => combine(row, all, scope, ' and '),
  );
  filterField<object[]>(
    Filter,
    'or',
    () => [Filter],
    'At least one of these filters matches.',
    (row, any, scope) => combine(row, any, scope, ' or '),
  );
  filterField<object>(
    Filter,
    'not',
    () => Filter,
    'This filter does not match. A condition on an unknown value counts as not met.',
    (row, one, scope) => {
      return sql`(${predicate(Filter, one, row, scope)}) is not true`;
    },
  );
  return Filter;
}

/**
 * The SQL of a filter over a row.
 *
 * @throws InputError for too many conditions, a list without entries, a null operator or a relation too deep.
 */
export function predicate(
  filter: FilterClass,
  value: object,
  row: Sql,
  scope: FilterScope = { path: 'filter', depth: 0, budget: { conditions: 0 } },
): Sql {
  const parts: Sql[] = [];
  for (const [name, given] of Object.entries(value)) {
    // A variable that was not given arrives as null: no condition, as if the field were left out.
    if (given === undefined || given === null) continue;
    scope.budget.conditions += 1;
    if (scope.budget.conditions > MAX_CONDITIONS) {
      throw new InputError(`A filter holds at most ${MAX_CONDITIONS} conditions; this one holds more.`);
    }
    const condition = conditionsOf.get(filter)?.get(name) as Condition<unknown> | undefined;
    if (!condition) throw new InputError(`${scope.path} has no field ${name}.`);
    parts.push(condition(row, given, { ...scope, path: `${scope.path}.${name}` }));
  }
  return parts.length ? join(parts, ' and ') : sql`true`;
}

/** How a related record is found from a row. */
export interface RelationJoin {
  filter: () => FilterClass;
  table: string;
  /** One letter; the depth makes it unique in the statement. */
  alias: string;
  on: (row: Sql, related: Sql) => Sql;
}

function existsRelated({ filter, table, alias, on }: RelationJoin, row: Sql, value: object, scope: FilterScope): Sql {
  const depth = scope.depth + 1;
  if (depth > MAX_RELATION_DEPTH) {
    throw new InputError(`${scope.path} is ${depth} relations deep; a filter follows at most ${MAX_RELATION_DEPTH}.`);
  }
  const its = raw(`${alias}${depth}`);
  const condition = predicate(filter(), value, its, { ...scope, depth });
  return sql`exists (select 1 from ${raw(table)} ${its} where ${on(row, its)} and ${condition})`;
}

/** A filter over the one record a row refers to: it exists and the filter holds for it. */
export const toOneFilter =
  (relation: RelationJoin): Condition<object> =>
  (row, value, scope) =>
    existsRelated(relation, row, value, scope);

/** A filter over the records that refer to a row: `{ some, none }`. */
export const toManyFilter =
  (relation: RelationJoin): Condition<{ some?: object; none?: object }> =>
  (row, { some, none }, scope) => {
    const parts: Sql[] = [];
    if (some) parts.push(existsRelated(relation, row, some, { ...scope, path: `${scope.path}.some` }));
    if (none) parts.push(sql`not ${existsRelated(relation, row, none, { ...scope, path: `${scope.path}.none` })}`);
    return parts.length ? sql`(${join(parts, ' and ')})` : sql`true`;
  };

/** `{ some, none }` over a concept's own filter: the type of a relation to many. */
export function relationFilter(name: string, filter: () => FilterClass): ClassType {
  @InputType(name, { description: 'Conditions on the related records; all must hold.' })
  class RelationFilter {
    @Field(filter, { nullable: true, description: 'At least one related record meets these conditions.' })
    some?: object;
    @Field(filter, { nullable: true, description: 'No related record meets these conditions.' })
    none?: object;
  }
  return RelationFilter;
}
