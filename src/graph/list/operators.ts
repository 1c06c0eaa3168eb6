import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type ClassType, Field, InputType, Int } from 'type-graphql';
import { message } from '../../messages/message.js';
import { abbreviate, InputError } from '../errors.js';
import { earliestDay, latestDay, PartialDate } from '../types/partial-date.js';
import { fold, isStorable, withApostrophes } from '../types/text.js';
import type { Condition } from './filter.js';

const MAX_LIST_LENGTH = 100;
const MAX_TEXT_LENGTH = 200;

type Operators = Record<string, unknown>;
/** Returns the SQL of an operator, or `undefined` if its value asks for nothing. */
type Compare<V> = Record<string, (value: V) => Sql | undefined>;

/** Returns the SQL of all operators, joined by `and`; `undefined` if none asks for anything. Null asks for nothing. */
export function allOf<V>(operators: object, compare: Compare<V>): Sql | undefined {
  const parts = Object.entries(operators as Operators).flatMap(([operator, value]) => {
    if (value === undefined || value === null) return [];
    return (compare[operator] as (value: unknown) => Sql | undefined)(value) ?? [];
  });
  return parts.length ? sql`(${join(parts, ' and ')})` : undefined;
}

const isNull = (column: Sql) => (value: unknown) => sql`${column} is ${raw(value ? 'null' : 'not null')}`;

function checkList(values: readonly string[], path: string): string[] {
  if (values.length > MAX_LIST_LENGTH) {
    throw new InputError(message('LIST_TOO_LONG', { path, limit: MAX_LIST_LENGTH, count: values.length }));
  }
  return values.map(value => checkText(value, path));
}

function checkText(text: string, path: string): string {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new InputError(
      message('SEARCH_TEXT_TOO_LONG', { argument: path, limit: MAX_TEXT_LENGTH, length: text.length }),
    );
  }
  if (!isStorable(text)) {
    throw new InputError(message('TEXT_NOT_STORABLE', { argument: path, value: abbreviate(text) }));
  }
  return text;
}

/** Returns the condition of `eq in notIn isNull` on a column of ids or enum values: `p.kind = any($1::text[])`. */
export const enumCondition =
  (column: (row: Sql) => Sql): Condition<Operators> =>
  (row, operators, { path }) => {
    const value = column(row);
    const oneOf = (values: string[], operator: string) =>
      sql`${value} = any(${checkList(values, `${path}.${operator}`)}::text[])`;
    return allOf<never>(operators, {
      // A select box of a form sends an empty text.
      eq: text => (text === '' ? undefined : sql`${value} = ${checkText(text, `${path}.eq`)}`),
      in: values => oneOf(values, 'in'),
      notIn: values => sql`(${oneOf(values, 'notIn')}) is not true`,
      isNull: isNull(value),
    });
  };

/**
 * Returns the condition of `eq before after from until isNull` on a partial date. A stored date counts by its first day, a
 * bound by the day on which its range begins or ends: `until: "2023"` runs to the end of 2023. An unknown day counts as
 * below or above all others, such that it never matches; so the indexes of the orders serve the filters too:
 *
 *     coalesce(p.started_day, '~') < $1
 */
export const dateCondition =
  (day: (row: Sql) => Sql): Condition<Operators> =>
  (row, operators) => {
    const low = sql`coalesce(${day(row)}, '')`;
    const high = sql`coalesce(${day(row)}, '~')`;
    const compareTo = (bound: Sql, sign: string, dayOf: (date: string) => string) => (value: string) =>
      sql`${bound} ${raw(sign)} ${dayOf(value)}`;
    const compare = {
      eq: compareTo(high, '=', earliestDay),
      before: compareTo(high, '<', earliestDay),
      until: compareTo(high, '<=', latestDay),
      after: compareTo(low, '>', latestDay),
      from: compareTo(low, '>=', earliestDay),
      isNull: (value: boolean) => sql`${high} ${raw(value ? '=' : '<')} '~'`,
    };
    return allOf(operators, compare as Compare<never>);
  };

/** Returns the condition of `eq isNull` on a boolean column. */
export const booleanCondition =
  (column: (row: Sql) => Sql): Condition<Operators> =>
  (row, operators) =>
    allOf<never>(operators, { eq: value => sql`${column(row)} = ${value}`, isNull: isNull(column(row)) });

/** Returns the condition of `eq lt lte gt gte` on a number: `count(*) >= $1`. `undefined` without an operator. */
export function numberCondition(number: Sql, operators: object): Sql | undefined {
  const compare = (sign: string) => (value: number) => sql`${number} ${raw(sign)} ${value}`;
  return allOf(operators, {
    eq: compare('='),
    lt: compare('<'),
    lte: compare('<='),
    gt: compare('>'),
    gte: compare('>='),
  });
}

/** Returns the condition of `some none`, each with `eq in`, on an array of enum values: `p.themes && $1::text[]`. */
export const enumListCondition =
  (column: (row: Sql) => Sql): Condition<{ some?: Operators; none?: Operators }> =>
  (row, { some, none }, { path }) => {
    // One value must satisfy both operators: the intersection of `eq` and `in`.
    const contains = (operators: Operators, name: string) => {
      const allowed = Object.entries(operators)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([operator, value]) =>
          operator === 'eq' ? [value as string] : checkList(value as string[], `${path}.${name}.${operator}`),
        );
      if (allowed.length === 0) return sql`${column(row)} <> '{}'`;
      return sql`${column(row)} && ${allowed.reduce((common, values) => common.filter(value => values.includes(value)))}::text[]`;
    };
    const parts: Sql[] = [];
    if (some) parts.push(contains(some, 'some'));
    if (none) parts.push(sql`(${contains(none, 'none')}) is not true`);
    return parts.length ? sql`(${join(parts, ' and ')})` : undefined;
  };

/**
 * Returns the condition of `eq contains startsWith` on a text array of folded names: one name satisfies all operators.
 * A text without a letter or a digit asks for nothing:
 *
 *     exists (select 1 from unnest((select names from search_document where id = a.id)) name where (name like $1))
 */
export const nameCondition =
  (names: (row: Sql) => Sql): Condition<Operators> =>
  (row, operators, { path }) => {
    const like = (operator: string, pattern: (text: string) => string) => (value: string) => {
      const text = fold(withApostrophes(checkText(value, `${path}.${operator}`)));
      if (text === '') return undefined;
      // Folding removed the wildcards of LIKE, which are neither letters nor digits.
      return sql`name like ${pattern(text)}`;
    };
    const patterns = { eq: (t: string) => t, contains: (t: string) => `%${t}%`, startsWith: (t: string) => `${t}%` };
    const matches = allOf(
      operators,
      Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [name, like(name, pattern)])),
    );
    return matches && sql`exists (select 1 from unnest(${names(row)}) name where ${matches})`;
  };

const nullable = { nullable: true } as const;

/** Returns the input type of the operators on an enum or on ids, `eq in notIn isNull`: `<name>Filter`. */
export function enumFilter(name: string, type: () => object): ClassType {
  @InputType(`${name}Filter`, { description: `Conditions on a field of type ${name}; all must hold.` })
  class Filter {
    @Field(type as never, { ...nullable, description: 'Equals this value.' })
    eq?: string;
    @Field(() => [type()] as never, {
      ...nullable,
      description: 'Is one of these values (at most 100). `[]` matches nothing.',
    })
    in?: string[];
    @Field(() => [type()] as never, {
      ...nullable,
      description: 'Is none of these values (at most 100). Records without a value match too. `[]` matches everything.',
    })
    notIn?: string[];
    @Field(() => Boolean, { ...nullable, description: '`true`: has no value. `false`: has a value.' })
    isNull?: boolean;
  }
  return Filter;
}

/** Returns the input type of the operators on an array of enum values, `some none`, each with `eq in`: `<name>ListFilter`. */
export function enumListFilter(name: string, type: () => object): ClassType {
  @InputType(`${name}OneOfFilter`, { description: `Conditions on one value of a list of ${name}; all must hold.` })
  class OneOf {
    @Field(type as never, { ...nullable, description: 'Equals this value.' })
    eq?: string;
    @Field(() => [type()] as never, {
      ...nullable,
      description: 'Is one of these values (at most 100). `[]` matches nothing.',
    })
    in?: string[];
  }
  @InputType(`${name}ListFilter`, { description: `Conditions on a list of ${name}; all must hold.` })
  class ListFilter {
    @Field(() => OneOf, {
      ...nullable,
      description: 'At least one value of the list meets these conditions. `{}`: it has a value.',
    })
    some?: OneOf;
    @Field(() => OneOf, {
      ...nullable,
      description: 'No value of the list meets these conditions; empty lists match. `{}`: it is empty.',
    })
    none?: OneOf;
  }
  return ListFilter;
}

@InputType({
  description:
    'Conditions on a date; all must hold. Dates of records compare by their earliest possible day: 1979 as 1979-01-01. A year or a month as a bound is meant as a whole: `from: "2021", until: "2023"` runs from 2021-01-01 to 2023-12-31. Unknown dates match only `isNull: true`.',
})
export class PartialDateFilter {
  @Field(() => PartialDate, { ...nullable, description: 'Has the same earliest day: 1979 equals 1979-01-01.' })
  eq?: string;
  @Field(() => PartialDate, {
    ...nullable,
    description: 'Earlier than this date: before the first day of a year or a month.',
  })
  before?: string;
  @Field(() => PartialDate, {
    ...nullable,
    description: 'Later than this date: after the last day of a year or a month.',
  })
  after?: string;
  @Field(() => PartialDate, {
    ...nullable,
    description: 'On this date or later: from the first day of a year or a month.',
  })
  from?: string;
  @Field(() => PartialDate, {
    ...nullable,
    description:
      'On this date or earlier: up to and including the last day of a year or a month, so 2023 includes 2023-12-31.',
  })
  until?: string;
  @Field(() => Boolean, { ...nullable, description: '`true`: has no value. `false`: has a value.' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a Boolean field; all must hold.' })
export class BooleanFilter {
  @Field(() => Boolean, { ...nullable, description: 'Equals this value.' })
  eq?: boolean;
  @Field(() => Boolean, { ...nullable, description: '`true`: has no value. `false`: has a value.' })
  isNull?: boolean;
}

@InputType({
  description:
    'Conditions on a text; all must hold for the same text. Case, accents and punctuation are ignored. Operators without a letter or a digit are ignored.',
})
export class TextFilter {
  @Field(() => String, { ...nullable, description: 'Equals this text.' })
  eq?: string;
  @Field(() => String, { ...nullable, description: 'Contains this text.' })
  contains?: string;
  @Field(() => String, { ...nullable, description: 'Starts with this text.' })
  startsWith?: string;
}

@InputType({ description: 'Conditions on a number; all must hold.' })
export class CountFilter {
  @Field(() => Int, { ...nullable, description: 'Equals this number.' })
  eq?: number;
  @Field(() => Int, { ...nullable, description: 'Is less than this number.' })
  lt?: number;
  @Field(() => Int, { ...nullable, description: 'Is less than or equal to this number.' })
  lte?: number;
  @Field(() => Int, { ...nullable, description: 'Is greater than this number.' })
  gt?: number;
  @Field(() => Int, { ...nullable, description: 'Is greater than or equal to this number.' })
  gte?: number;
}
