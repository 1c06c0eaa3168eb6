import sql, { join, raw, type Sql } from 'sql-template-tag';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { InputError } from '../errors.js';

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Sort direction.',
  valuesConfig: {
    ASC: { description: 'Ascending: smallest, earliest or alphabetically first value first.' },
    DESC: { description: 'Descending: largest, latest or alphabetically last value first.' },
  },
});

export enum NullsOrder {
  FIRST = 'FIRST',
  LAST = 'LAST',
}
registerEnumType(NullsOrder, {
  name: 'NullsOrder',
  description: 'Position of records without a value in the sort field, regardless of the direction.',
  valuesConfig: {
    FIRST: { description: 'Before all other records.' },
    LAST: { description: 'After all other records.' },
  },
});

/**
 * How one order field sorts: an SQL expression over a row's alias, and how its values travel in a cursor.
 *
 * `day` may be null and is text of ten characters; `text`, `integer` and `timestamp` are never null.
 */
export interface SortExpression {
  kind: 'day' | 'text' | 'integer' | 'timestamp';
  by: (row: Sql) => Sql;
}

/** One step of an order as it is run: never null, so that a page is one comparison of rows. */
export interface SortKey {
  kind: SortExpression['kind'];
  expression: Sql;
  descending: boolean;
}

/** One item of `orderBy`. */
export interface OrderItem<F extends string = string> {
  field: F;
  direction?: OrderDirection;
  nulls?: NullsOrder;
}

/** At most this many fields in one `orderBy`. */
const MAX_ORDER_FIELDS = 4;

/**
 * The steps an order runs by, ending in the id as a tiebreaker that follows the direction of the step before it. A day
 * that is unknown becomes a text below or above every date, so an index over that expression serves the order.
 *
 * @throws InputError for more than four items, or the same field twice.
 */
export function sortKeys(items: readonly OrderItem[], keys: Record<string, SortExpression>, row: Sql): SortKey[] {
  if (items.length > MAX_ORDER_FIELDS) {
    throw new InputError(`orderBy takes at most ${MAX_ORDER_FIELDS} fields; got ${items.length}.`);
  }
  const fields = items.map(item => item.field);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice) throw new InputError(`orderBy names every field at most once; got ${twice} twice.`);
  const steps = items.map(({ field, direction, nulls }): SortKey => {
    const key = keys[field];
    if (!key) throw new InputError(`orderBy has no field ${field}.`);
    const descending = direction === OrderDirection.DESC;
    const by = key.by(row);
    if (key.kind !== 'day') return { kind: key.kind, expression: by, descending };
    const unknownIsHigh = (nulls === NullsOrder.FIRST) === descending;
    return { kind: 'day', expression: sql`coalesce(${by}, ${raw(unknownIsHigh ? "'~'" : "''")})`, descending };
  });
  if (!fields.includes('ID')) {
    steps.push({ kind: 'text', expression: sql`${row}.id`, descending: steps.at(-1)?.descending ?? false });
  }
  return steps;
}

/** `order by` of the steps, the other way round when a page is read backwards. */
export function orderClause(steps: readonly SortKey[], backwards: boolean): Sql {
  return join(
    steps.map(({ expression, descending }) => sql`${expression} ${raw(descending === backwards ? 'asc' : 'desc')}`),
  );
}

/**
 * The rows after a position, or before it when read backwards. Steps of one direction compare as one row of values,
 * which an index on them answers without reading what came before.
 */
export function keysetCondition(steps: readonly SortKey[], position: readonly string[], backwards: boolean): Sql {
  const values = steps.map((step, index) => parameter(step, position[index] as string));
  const sign = (step: SortKey) => raw(step.descending === backwards ? '>' : '<');
  const [first] = steps;
  if (first && steps.every(step => step.descending === first.descending)) {
    return sql`(${join(steps.map(step => step.expression))}) ${sign(first)} (${join(values)})`;
  }
  const alternatives = steps.map((step, index) => {
    const ties = steps.slice(0, index).map((tie, i) => sql`${tie.expression} = ${values[i] as Sql}`);
    return sql`(${join([...ties, sql`${step.expression} ${sign(step)} ${values[index] as Sql}`], ' and ')})`;
  });
  return sql`(${join(alternatives, ' or ')})`;
}

const CASTS = { day: 'text', text: 'text', integer: 'bigint', timestamp: 'timestamptz' } as const;

function parameter(step: SortKey, value: string): Sql {
  return sql`${value}::${raw(CASTS[step.kind])}`;
}

/** What a concept's `orderBy` argument holds. */
export type OrderClass<F extends string> = new () => OrderItem<F>;

/**
 * The input type of a concept's `orderBy`, `{ field, direction, nulls }`, over its own enum of fields.
 *
 * @param fields Each field's description; the enum is registered as `<concept>OrderField`.
 */
export function orderInput<F extends string>(
  concept: string,
  fieldEnum: Record<F, F>,
  fields: Record<F, string>,
): OrderClass<F> {
  registerEnumType(fieldEnum, {
    name: `${concept}OrderField`,
    description: `Fields that a list of ${concept} records can be sorted by.`,
    valuesConfig: Object.fromEntries(
      Object.entries<string>(fields).map(([field, description]) => [field, { description }]),
    ) as never,
  });
  @InputType(`${concept}Order`, {
    description: `One sort field of a list of ${concept} records. Equal records are sorted by id, so that pages never skip or repeat a record.`,
  })
  class Order implements OrderItem<F> {
    @Field(() => fieldEnum, { description: 'The field to sort by.' })
    field!: F;
    @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Sort direction.' })
    direction!: OrderDirection;
    @Field(() => NullsOrder, {
      defaultValue: NullsOrder.LAST,
      description: 'Position of records without a value, regardless of the direction.',
    })
    nulls!: NullsOrder;
  }
  return Order;
}
