import type { Dimension, GroupValue } from './chart-data.js';

/** Labels of the values of groups. */
export interface ValueLabels {
  /** Label of null: it differs from the label of the code `UNKNOWN`, which is a value. */
  readonly noValue: string;
  readonly decade: (year: number) => string;
  readonly enumLabel: (type: string, value: string) => string;
}

/** Returns the label of a value: a decade, the label of an enum value, or the value itself. */
export function valueLabel({ field, type, isLeaf }: Dimension, value: GroupValue, labels: ValueLabels): string {
  if (value === null) return labels.noValue;
  if (field === 'startedDecade') return labels.decade(Number(value));
  return isLeaf && typeof value === 'string' ? labels.enumLabel(type, value) : String(value);
}
