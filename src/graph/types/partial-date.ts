import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { abbreviate } from '../errors.js';

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Why a text is no partial date, or `undefined` when it is one. EDTF level 0: a year, a month or a day. */
export function partialDateProblem(text: string): string | undefined {
  const match = text.length <= 10 ? PARTIAL_DATE.exec(text) : null;
  if (!match) return 'a date is YYYY, YYYY-MM or YYYY-MM-DD';
  const [, year, month = '01', day = '01'] = match;
  if (year === '0000') return 'years run from 0001 to 9999';
  if (month < '01' || month > '12') return 'months run from 01 to 12';
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(8, 10) !== day) return 'that day is not in the calendar';
  return undefined;
}

/** The earliest day a partial date can mean: `1979` → `1979-01-01`. What dates sort and compare by. */
export function earliestDay(date: string): string {
  return date + '0000-01-01'.slice(date.length);
}

/** The latest day a partial date can mean, as a text that compares right: `2013` → `2013-12-31`, `2013-02` → `2013-02-31`. */
export function latestDay(date: string): string {
  return date + '0000-12-31'.slice(date.length);
}

/** Today in the Netherlands, where the register is kept: `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
}

/** A date parameter in SQL, as its earliest day. */
export function dayParameter(date: string): Sql {
  return sql`${earliestDay(date)}`;
}

function parse(value: unknown): string {
  const problem = typeof value === 'string' ? partialDateProblem(value) : 'a date is a string';
  if (problem === undefined) return value as string;
  throw new GraphQLError(`PartialDate cannot represent ${abbreviate(value)}: ${problem}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

export const PartialDate = new GraphQLScalarType<string, string>({
  name: 'PartialDate',
  description:
    'A year, a month or a day: YYYY, YYYY-MM or YYYY-MM-DD (EDTF level 0), as exact as known. Sorted and compared by the earliest possible day: 1979 as 1979-01-01.',
  specifiedByURL: 'https://www.loc.gov/standards/datetime/',
  // Stored ones were checked when they were written, by a domain of the database: a check for each costs 4 % of a list.
  serialize: value => (typeof value === 'string' ? value : parse(value)),
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new GraphQLError(`PartialDate cannot represent ${node.kind}: a date is a string.`, { nodes: node });
  },
});
