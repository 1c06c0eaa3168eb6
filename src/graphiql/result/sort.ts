import type { ColumnKind } from './flatten.js';
import type { Value } from './read.js';
import type { Row } from './tables.js';

/** A cell as text: lists with `; ` between their members, what is unknown as nothing. */
export function cellText(value: Value): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const collator = new Intl.Collator(['en', 'nl', 'zh'], { numeric: true, sensitivity: 'base' });

/** The earliest day a date can mean: `1979` is `1979-01-01`. */
export const earliestDay = (date: string): string => date + '0000-01-01'.slice(date.length);

function compare(kind: ColumnKind, a: Value, b: Value): number {
  if (kind === 'number') return Number(a) - Number(b);
  if (kind === 'date') {
    const [left, right] = [earliestDay(String(a)), earliestDay(String(b))];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return collator.compare(cellText(a), cellText(b));
}

/** The rows by one column; what is unknown stands last both ways, and rows alike keep their order. */
export function sortRows(rows: readonly Row[], name: string, kind: ColumnKind, descending: boolean): Row[] {
  const unknown = (value: Value) => value === null || value === undefined || value === '';
  return rows.toSorted((one, other) => {
    const [a, b] = [one.cells.get(name), other.cells.get(name)];
    if (unknown(a) || unknown(b)) return Number(unknown(a)) - Number(unknown(b));
    return compare(kind, a, b) * (descending ? -1 : 1);
  });
}
