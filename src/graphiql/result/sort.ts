import type { ColumnKind } from './flatten.js';
import type { Row } from './table-data.js';
import type { ResultValue } from './typed-result.js';

/** Formats a cell as text: list members joined by `; `, unknown values as an empty string. */
export function cellText(value: ResultValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Order of texts in all languages of the register. */
export const collator = new Intl.Collator(['en', 'nl', 'zh'], { numeric: true, sensitivity: 'base' });

/** Returns the earliest day of a partial date: `1979` becomes `1979-01-01`. */
export const earliestDay = (date: string): string => date + '0000-01-01'.slice(date.length);

/** Returns a text that compares as the latest day of a partial date: `1979` becomes `1979-12-31`. */
export const latestDay = (date: string): string => date + '0000-12-31'.slice(date.length);

/** Returns the last day of a partial date: `2020-02` becomes `2020-02-29`. */
export function lastDay(date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return date.length === 7 ? new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) : latestDay(date);
}

function compare(kind: ColumnKind, a: ResultValue, b: ResultValue): number {
  if (kind === 'number') return Number(a) - Number(b);
  if (kind === 'date') {
    const [left, right] = [earliestDay(String(a)), earliestDay(String(b))];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return collator.compare(cellText(a), cellText(b));
}

const isUnknown = (value: ResultValue): boolean => value === null || value === undefined || value === '';

/**
 * Sorts rows by one column. Unknown values come last in both directions; the sort is stable.
 *
 * @param valueIn Returns the value of a row to sort by: that of the cell by default.
 */
export function sortRows(
  rows: readonly Row[],
  name: string,
  kind: ColumnKind,
  descending: boolean,
  valueIn: (row: Row) => ResultValue = ({ cells }) => cells.get(name),
): Row[] {
  return rows.toSorted((left, right) => {
    const [a, b] = [valueIn(left), valueIn(right)];
    if (isUnknown(a) || isUnknown(b)) return Number(isUnknown(a)) - Number(isUnknown(b));
    return compare(kind, a, b) * (descending ? -1 : 1);
  });
}
