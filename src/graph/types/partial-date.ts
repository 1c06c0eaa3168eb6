import { GraphQLScalarType, Kind } from 'graphql';
import { message } from '../../messages/message.js';
import type { Rule } from '../../messages/rules.js';
import { abbreviate, InputError } from '../errors.js';

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

type DateRule = Extract<Rule, 'DATE_FORM' | 'DATE_YEAR' | 'DATE_MONTH' | 'DATE_DAY' | 'DATE_NOT_TEXT'>;

/** Returns the rule that a text breaks as a partial date (EDTF level 0: a year, a month or a day), or `undefined`. */
export function partialDateProblem(text: string): DateRule | undefined {
  const match = text.length <= 10 ? PARTIAL_DATE.exec(text) : null;
  if (!match) return 'DATE_FORM';
  const [, year, month = '01', day = '01'] = match;
  if (year === '0000') return 'DATE_YEAR';
  if (month < '01' || month > '12') return 'DATE_MONTH';
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(8, 10) !== day) return 'DATE_DAY';
  return undefined;
}

/** Returns the first day of a partial date, by which dates sort and compare: `1979` → `1979-01-01`. */
export function earliestDay(date: string): string {
  return date + '0000-01-01'.slice(date.length);
}

/** Returns a text that compares as the last day of a partial date: `2013` → `2013-12-31`, `2013-02` → `2013-02-31`. */
export function latestDay(date: string): string {
  return date + '0000-12-31'.slice(date.length);
}

/** Returns the last day of a partial date: `2013` → `2013-12-31`, `2013-02` → `2013-02-28`. */
export function lastDay(date: string): string {
  if (date.length !== 7) return latestDay(date);
  const [year = 0, month = 0] = date.split('-').map(Number);
  const day = new Date(0);
  day.setUTCFullYear(year, month, 0);
  return day.toISOString().slice(0, 10);
}

let frozenToday: string | undefined;
/**
 * Made once, because making one takes longer than all other checks of a row, and at its first use, because it loads the data
 * of time zones, which no start needs.
 */
let dayInNetherlands: Intl.DateTimeFormat | undefined;

/** Makes a day count as today in this process, for the tests of clients. */
export function freezeToday(day: string): void {
  frozenToday = day;
}

/** Returns the current day in the Netherlands, the home of the register: `YYYY-MM-DD`. */
export function today(): string {
  if (frozenToday) return frozenToday;
  dayInNetherlands ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });
  return dayInNetherlands.format(new Date());
}

function parse(value: unknown): string {
  const rule = typeof value === 'string' ? partialDateProblem(value) : 'DATE_NOT_TEXT';
  if (rule === undefined) return value as string;
  throw new InputError(message(rule, { value: abbreviate(value) }));
}

export const PartialDate = new GraphQLScalarType<string, string>({
  name: 'PartialDate',
  description:
    'A year, a month or a day: YYYY, YYYY-MM or YYYY-MM-DD (EDTF level 0), as exact as known. Sorted and compared by the earliest possible day: 1979 as 1979-01-01.',
  specifiedByURL: 'https://www.loc.gov/standards/datetime/',
  // Stored dates are not checked again: a domain of the database checked them, and a check of each costs 4 % of a list.
  serialize: value => (typeof value === 'string' ? value : parse(value)),
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new InputError(message('DATE_NOT_TEXT', { value: node.kind }));
  },
});
