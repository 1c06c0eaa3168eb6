import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { abbreviate, InputError } from '../errors.js';
import { earliestDay, PartialDate } from '../types/partial-date.js';
import { fold, isStorable } from '../types/text.js';
import type { Condition } from './filter.js';

const MAX_LIST_LENGTH = 100;
const MAX_TEXT_LENGTH = 200;

type Operators = Record<string, unknown>;
type Compare<V> = Record<string, (value: V) => Sql>;

/** The operators that were given, each as SQL, all of which hold. */
function allOf<V>(given: object, compare: Compare<V>, path: string): Sql {
  const parts = Object.entries(given as Operators)
    .filter(([, value]) => value !== undefined)
    .map(([operator, value]) => {
      if (value === null) {
        const instead = operator !== 'isNull' && 'isNull' in compare;
        const advice = instead ? 'ask for unknown values with isNull: true' : 'give a value, or leave it out';
        throw new InputError(`${path}.${operator} is null; ${advice}.`);
      }
      return (compare[operator] as (value: unknown) => Sql)(value);
    });
  return parts.length ? sql`(${join(parts, ' and ')})` : sql`true`;
}

const isNull = (column: Sql) => (wanted: unknown) => sql`${column} is ${raw(wanted ? 'null' : 'not null')}`;

function checkList(values: readonly string[], path: string): string[] {
  if (values.length === 0) throw new InputError(`${path} is empty; name at least one value, or leave it out.`);
  if (values.length > MAX_LIST_LENGTH) {
    throw new InputError(`${path} names at most ${MAX_LIST_LENGTH} values; got ${values.length}.`);
  }
  return values.map(value => checkText(value, path));
}

function checkText(text: string, path: string): string {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new InputError(`${path} is at most ${MAX_TEXT_LENGTH} characters; got ${text.length}.`);
  }
  if (!isStorable(text)) throw new InputError(`${path} holds a NUL or half a surrogate pair: ${abbreviate(text)}.`);
  return text;
}

/** `eq in notIn isNull` over a column of ids or enum values. */
export const enumCondition =
  (column: (row: Sql) => Sql): Condition<Operators> =>
  (row, given, { path }) => {
    const its = column(row);
    const oneOf = (values: string[], operator: string) =>
      sql`${its} = any(${checkList(values, `${path}.${operator}`)}::text[])`;
    return allOf<never>(
      given,
      {
        eq: value => sql`${its} = ${checkText(value, `${path}.eq`)}`,
        in: values => oneOf(values, 'in'),
        notIn: values => sql`(${oneOf(values, 'notIn')}) is not true`,
        isNull: isNull(its),
      },
      path,
    );
  };

/**
 * `eq before after from until isNull` over a partial date, by the earliest day of both. An unknown day stands above or
 * below all others, whichever keeps it out, so that the indexes which serve the orders serve the filters too.
 */
export const dateCondition =
  (day: (row: Sql) => Sql): Condition<Operators> =>
  (row, given, { path }) => {
    const low = sql`coalesce(${day(row)}, '')`;
    const high = sql`coalesce(${day(row)}, '~')`;
    const than = (its: Sql, sign: string) => (value: string) => sql`${its} ${raw(sign)} ${earliestDay(value)}`;
    const compare = {
      eq: than(high, '='),
      before: than(high, '<'),
      until: than(high, '<='),
      after: than(low, '>'),
      from: than(low, '>='),
      isNull: (wanted: boolean) => sql`${high} ${raw(wanted ? '=' : '<')} '~'`,
    };
    return allOf(given, compare as Compare<never>, path);
  };

/** `eq isNull` over a boolean column. */
export const booleanCondition =
  (column: (row: Sql) => Sql): Condition<Operators> =>
  (row, given, { path }) =>
    allOf<never>(given, { eq: value => sql`${column(row)} = ${value}`, isNull: isNull(column(row)) }, path);

/** `eq lt lte gt gte` over a number. */
export function numberCondition(its: Sql, given: object, path: string): Sql {
  const than = (sign: string) => (value: number) => sql`${its} ${raw(sign)} ${value}`;
  return allOf(given, { eq: than('='), lt: than('<'), lte: than('<='), gt: than('>'), gte: than('>=') }, path);
}

/** `some none`, each with `eq in`, over a column that is an array of enum values. */
export const enumListCondition =
  (column: (row: Sql) => Sql): Condition<{ some?: Operators; none?: Operators }> =>
  (row, { some, none }, { path }) => {
    // One value of the list must fit all that is given: what is looked for is what `eq` and `in` have in common.
    const holds = (given: Operators, name: string) => {
      const wanted = Object.entries(given)
        .filter(([, value]) => value !== undefined)
        .map(([operator, value]) => {
          const its = `${path}.${name}.${operator}`;
          if (value === null) throw new InputError(`${its} is null; give a value, or leave it out.`);
          return operator === 'eq' ? [value as string] : checkList(value as string[], its);
        });
      if (wanted.length === 0) return sql`${column(row)} <> '{}'`;
      return sql`${column(row)} && ${wanted.reduce((all, one) => all.filter(value => one.includes(value)))}::text[]`;
    };
    const parts: Sql[] = [];
    if (some) parts.push(holds(some, 'some'));
    if (none) parts.push(sql`(${holds(none, 'none')}) is not true`);
    return parts.length ? sql`(${join(parts, ' and ')})` : sql`true`;
  };

/** `eq contains startsWith`, all of one of a record's folded names, which `names` gives as a text array. */
export const nameCondition =
  (names: (row: Sql) => Sql): Condition<Operators> =>
  (row, given, { path }) => {
    const like = (operator: string, pattern: (text: string) => string) => (value: string) => {
      const text = fold(checkText(value, `${path}.${operator}`));
      if (text === '') {
        throw new InputError(`${path}.${operator} must hold a letter or a digit; got ${abbreviate(value)}.`);
      }
      // What LIKE reads as a pattern is no letter and no digit: folding took it out.
      return sql`name like ${pattern(text)}`;
    };
    const operators = { eq: (t: string) => t, contains: (t: string) => `%${t}%`, startsWith: (t: string) => `${t}%` };
    const fits = allOf(
      given,
      Object.fromEntries(Object.entries(operators).map(([name, pattern]) => [name, like(name, pattern)])),
      path,
    );
    return sql`exists (select 1 from unnest(${names(row)}) name where ${fits})`;
  };

const nullable = { nullable: true } as const;

/** The operators over an enum (or ids): `eq in notIn isNull`, as the input type `<name>Filter`. */
export function enumFilter(name: string, type: () => object): ClassType {
  @InputType(`${name}Filter`, { description: `Conditions on a field of type ${name}; all must hold.` })
  class Filter {
    @Field(type as never, { ...nullable, description: 'Equals this value.' })
    eq?: string;
    @Field(() => [type()] as never, { ...nullable, description: 'Is one of these values (1 to 100).' })
    in?: string[];
    @Field(() => [type()] as never, {
      ...nullable,
      description: 'Is none of these values (1 to 100). Records without a value match too.',
    })
    notIn?: string[];
    @Field(() => Boolean, { ...nullable, description: '`true`: has no value. `false`: has a value.' })
    isNull?: boolean;
  }
  return Filter;
}

/** The operators over an array of enum values: `some none`, each with `eq in`, as `<name>ListFilter`. */
export function enumListFilter(name: string, type: () => object): ClassType {
  @InputType(`${name}OneOfFilter`, { description: `Conditions on one value of a list of ${name}; all must hold.` })
  class OneOf {
    @Field(type as never, { ...nullable, description: 'Equals this value.' })
    eq?: string;
    @Field(() => [type()] as never, { ...nullable, description: 'Is one of these values (1 to 100).' })
    in?: string[];
  }
  @InputType(`${name}ListFilter`, { description: `Conditions on a list of ${name}; all must hold.` })
  class ListFilter {
    @Field(() => OneOf, { ...nullable, description: 'At least one value of the list meets these conditions.' })
    some?: OneOf;
    @Field(() => OneOf, {
      ...nullable,
      description: 'No value of the list meets these conditions. Empty lists match too.',
    })
    none?: OneOf;
  }
  return ListFilter;
}

export const IdFilter = enumFilter('ID', () => ID);

@InputType({
  description:
    'Conditions on a date; all must hold. Dates compare by their earliest possible day: 1979 as 1979-01-01. Unknown dates match only `isNull: true`.',
})
export class PartialDateFilter {
  @Field(() => PartialDate, { ...nullable, description: 'Has the same earliest day: 1979 equals 1979-01-01.' })
  eq?: string;
  @Field(() => PartialDate, { ...nullable, description: 'Earlier than this date.' })
  before?: string;
  @Field(() => PartialDate, { ...nullable, description: 'Later than this date.' })
  after?: string;
  @Field(() => PartialDate, { ...nullable, description: 'On this date or later.' })
  from?: string;
  @Field(() => PartialDate, { ...nullable, description: 'On this date or earlier.' })
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
  description: 'Conditions on a text; all must hold for the same text. Case, accents and punctuation are ignored.',
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
