import sql, { join, raw, type Sql } from 'sql-template-tag';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { column, textArray } from '../sql/columns.js';

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
 * The expression by which an order field sorts, and the kind of its values in cursors.
 *
 * `day` is text of ten characters, or null; `text`, `integer` and `timestamp` are never null.
 */
export interface SortExpression<F extends object = object> {
  kind: 'day' | 'text' | 'integer' | 'timestamp';
  /** Called with the filter of the list, on which an order may depend. */
  by: (row: Sql, filter?: F | null) => Sql;
  /** Returns whether the order means something in a list with this filter; otherwise it is ignored. Default: always. */
  applies?: (filter?: F | null) => boolean;
}

/** Returns the entries of `orderBy` that mean something in a list with this filter, or else the default order. */
export function effectiveOrder(
  { orders, defaultOrder }: { orders: Record<string, SortExpression>; defaultOrder: OrderItem[] },
  orderBy: readonly OrderItem[] | null | undefined,
  filter: object | null | undefined,
): readonly OrderItem[] {
  const effective = (orderBy ?? []).filter(({ field }) => orders[field]?.applies?.(filter) ?? true);
  return effective.length ? effective : defaultOrder;
}

/** Returns the order by a column of an enum, in the order of these values, which name all that the column can hold. */
export const enumOrder = (name: string, values: Record<string, string>): SortExpression => ({
  kind: 'integer',
  by: row => sql`array_position(${textArray(Object.values(values))}, ${column(name)(row)})`,
});

/** One key of an order. Its expression is never null, so that a cursor compares by `<` and `>` alone. */
export interface SortKey {
  kind: SortExpression['kind'];
  expression: Sql;
  descending: boolean;
}

/** An entry of `orderBy`. */
export interface OrderItem<F extends string = string> {
  field: F;
  direction?: OrderDirection;
  nulls?: NullsOrder;
}

const MAX_ORDER_FIELDS = 4;

/**
 * Returns the keys of an order. The last one is the id, a tiebreaker in the direction of the key before it. An unknown day
 * becomes a text below or above every date, so that an index on the expression serves the order:
 *
 *     coalesce(p.started_day, '~') asc, p.id asc
 *
 * @throws InputError for more than four fields, or the same field twice.
 */
export function sortKeys(
  items: readonly OrderItem[],
  expressions: Record<string, SortExpression>,
  row: Sql,
  filter?: object | null,
): SortKey[] {
  if (items.length > MAX_ORDER_FIELDS) {
    throw new InputError(message('TOO_MANY_ORDERS', { limit: MAX_ORDER_FIELDS, count: items.length }));
  }
  const fields = items.map(item => item.field);
  const repeated = fields.find((field, index) => fields.indexOf(field) !== index);
  if (repeated) throw new InputError(message('ORDER_REPEATED', { name: repeated }));
  const keys = items.map(({ field, direction, nulls }): SortKey => {
    const sort = expressions[field];
    if (!sort) throw new InputError(message('ORDER_UNKNOWN', { name: field }));
    const descending = direction === OrderDirection.DESC;
    const expression = sort.by(row, filter);
    if (sort.kind !== 'day') return { kind: sort.kind, expression, descending };
    const unknownIsHigh = (nulls === NullsOrder.FIRST) === descending;
    return { kind: 'day', expression: sql`coalesce(${expression}, ${raw(unknownIsHigh ? "'~'" : "''")})`, descending };
  });
  if (!fields.includes('ID')) {
    keys.push({ kind: 'text', expression: sql`${row}.id`, descending: keys.at(-1)?.descending ?? false });
  }
  return keys;
}

/** Returns the `order by` of keys, reversed for a page that is read backwards. */
export function orderClause(keys: readonly SortKey[], backwards: boolean): Sql {
  return join(
    keys.map(({ expression, descending }) => sql`${expression} ${raw(descending === backwards ? 'asc' : 'desc')}`),
  );
}

/**
 * Returns the condition for the rows after a position, or before it. Keys of one direction are compared as one row of
 * values, which an index answers without reading the rows before; keys of different directions one by one:
 *
 *     (coalesce(p.started_day, '~'), p.id) > ($1::text, $2::text)
 *     ((p.status > $1::text) or (p.status = $1::text and p.id < $2::text))
 */
export function keysetCondition(keys: readonly SortKey[], position: readonly string[], backwards: boolean): Sql {
  const values = keys.map((key, index) => parameter(key, position[index] as string));
  const sign = (key: SortKey) => raw(key.descending === backwards ? '>' : '<');
  const [first] = keys;
  if (first && keys.every(key => key.descending === first.descending)) {
    return sql`(${join(keys.map(key => key.expression))}) ${sign(first)} (${join(values)})`;
  }
  const alternatives = keys.map((key, index) => {
    const ties = keys.slice(0, index).map((tie, i) => sql`${tie.expression} = ${values[i] as Sql}`);
    return sql`(${join([...ties, sql`${key.expression} ${sign(key)} ${values[index] as Sql}`], ' and ')})`;
  });
  return sql`(${join(alternatives, ' or ')})`;
}

const CASTS = { day: 'text', text: 'text', integer: 'bigint', timestamp: 'timestamptz' } as const;

function parameter({ kind }: SortKey, value: string): Sql {
  return sql`${value}::${raw(CASTS[kind])}`;
}

/** The class of an entry of a concept's `orderBy`. */
export type OrderClass<F extends string> = new () => OrderItem<F>;

/**
 * Returns the input type of a concept's `orderBy`, `{ field, direction, nulls }`, and registers its enum of fields as
 * `<concept>OrderField`.
 *
 * @param fields The description of each field.
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
