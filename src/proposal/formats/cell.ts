import type { Leaf } from '../leaf.js';

/** The months as Excel abbreviates them in Dutch and in English; `mei` and `okt` are Dutch only. */
const MONTHS: Readonly<Record<string, string>> = {
  jan: '01',
  feb: '02',
  mrt: '03',
  mar: '03',
  maa: '03',
  apr: '04',
  mei: '05',
  may: '05',
  jun: '06',
  jul: '07',
  aug: '08',
  sep: '09',
  okt: '10',
  oct: '10',
  nov: '11',
  dec: '12',
};

/** `30-11-1979`, `30.11.79`, `30 nov 1979`; the separators are the same. */
const DAY_FIRST = /^(\d{1,2})([-. ])(\d{1,2}|[a-z]{3,9}\.?)\2(\d{4}|\d{2})$/i;
/** `11-1979`, `nov-79`, `november 1979`. A number needs a year of four digits: `11-79` could be anything. */
const MONTH_FIRST = /^(?:(\d{1,2})[-.](\d{4})|([a-z]{3,9})\.?[- ](\d{4}|\d{2}))$/i;
/** `2019/3/4` and `2019-3-4`, as in China. */
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/;

/** The time of a date in a database: `1979-11-30T00:00:00`, `30-11-1979 0:00`. Another time is no day. */
const MIDNIGHT = /(?<=\d)[T ]0?0:00(?::00(?:\.0{1,6})?)?$/;

/** As Excel: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999. */
const yearOf = (digits: string): string =>
  digits.length === 4 ? digits : `${Number(digits) < 30 ? '20' : '19'}${digits}`;
const monthOf = (text: string): string | undefined =>
  /\d/.test(text) ? text.padStart(2, '0') : MONTHS[text.slice(0, 3).toLowerCase()];

/**
 * Returns a date as people and spreadsheets write it as a partial date: day before month, year first or last. Any other text
 * stays as it is, and is refused: `03/04/2019` is not the same day everywhere.
 */
export function partialDateOf(text: string): string {
  const trimmed = text.trim().replace(MIDNIGHT, '');
  const [, day, , month, year] = DAY_FIRST.exec(trimmed) ?? [];
  if (day && month && year) return join(text, yearOf(year), monthOf(month), day);
  const [, number, fullYear, name, someYear] = MONTH_FIRST.exec(trimmed) ?? [];
  if (number && fullYear) return join(text, fullYear, monthOf(number));
  if (name && someYear) return join(text, yearOf(someYear), monthOf(name));
  const [, firstYear, , secondMonth, lastDay] = YEAR_FIRST.exec(trimmed) ?? [];
  return firstYear && secondMonth ? join(text, firstYear, monthOf(secondMonth), lastDay) : trimmed;
}

function join(text: string, year: string, month: string | undefined, day?: string): string {
  if (month === undefined) return text;
  return day === undefined ? `${year}-${month}` : `${year}-${month}-${day.padStart(2, '0')}`;
}

/** The first or the last day of a date, as exports have them. */
const DAY = /\.(?:earliest|latest)$/;

/** A number with a decimal comma, as a Dutch spreadsheet writes it. */
const DECIMAL_COMMA = /^\s*(-?\d+),(\d+)\s*$/;

/**
 * Undoes what a spreadsheet does to the values of a column: dates of a country, decimal commas of coordinates, the Dutch
 * words for true and false in a column of truth values, codes of municipalities without letters and leading zeros, and
 * codes as numbers.
 */
export function normalizeCell(path: string, leaf: Leaf | undefined, cell: unknown): unknown {
  if (leaf?.isDate || DAY.test(path)) return typeof cell === 'string' ? partialDateOf(cell) : cell;
  if (/itude$/.test(path)) return typeof cell === 'string' ? cell.replace(DECIMAL_COMMA, '$1.$2') : cell;
  // pandas takes codes for numbers, with a decimal in a column that has empty cells.
  const digits = /(?:cbs|gb)Code$/.test(path) ? /^(\d+)(?:\.0)?$/.exec(String(cell))?.[1] : undefined;
  if (digits && digits.length <= 4 && path.endsWith('cbsCode')) return `GM${digits.padStart(4, '0')}`;
  if (digits?.length === 6 && path.endsWith('gbCode')) return digits;
  if (leaf?.isBoolean && (cell === 'WAAR' || cell === 'ONWAAR')) return cell === 'WAAR';
  return cell;
}
