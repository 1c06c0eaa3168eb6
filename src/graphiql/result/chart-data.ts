import type { ReaderLanguage } from './format.js';
import { labelOf, walkObjects } from './objects.js';
import { collator } from './sort.js';
import { type ResultField, ResultObject, type ResultValue } from './typed-result.js';

const MEASURES = ['count', 'authorityCount', 'exchangeCount'] as const;
export type Measure = (typeof MEASURES)[number];

/** Tells if a record is in a group for each of its values: of the dimensions, a tie has a list of themes. */
export const hasRepeats = ({ by }: Groups): boolean => by.includes('THEME');

/** Tells if the sum of a measure over groups is a number of something: an authority can be in several groups. */
export const isAdditive = (groups: Groups, measure: Measure): boolean =>
  measure !== 'authorityCount' && !hasRepeats(groups);

/** Dimension of a group, such as `startedDecade`. */
export interface Dimension {
  readonly field: string;
  /** GraphQL type of the values; an enum value is shown by its label. */
  readonly type: string;
  /** False if the values are records, which have their names. */
  readonly isLeaf: boolean;
}

/** Value of a dimension; null if unknown. */
export type GroupValue = string | number | null;

export interface GroupBar {
  /** One value per dimension. */
  readonly values: readonly GroupValue[];
  readonly measures: Readonly<Partial<Record<Measure, number>>>;
  readonly record: ResultObject;
}

/** Groups of one field of the result. */
export interface Groups {
  readonly title: string;
  readonly groupType: 'PartnershipGroup' | 'ExchangeGroup';
  /** Dimensions that the records are grouped by, also those whose value is not selected. */
  readonly by: readonly unknown[];
  /** Dimensions whose value is selected. */
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
  readonly bars: readonly GroupBar[];
}

const NOT_DIMENSIONS = new Set<string>([
  ...MEASURES,
  'firstStartedOn',
  'lastStartedOn',
  'partnerships',
  'exchanges',
  '__typename',
]);

/** Returns every list of groups in a result, ready to draw. */
export function groupsOf(root: ResultValue, language: ReaderLanguage): Groups[] {
  const lists: Groups[] = [];
  for (const [object] of walkObjects(root)) {
    for (const { responseName, type, args, value } of object.fields) {
      if ((type !== 'PartnershipGroup' && type !== 'ExchangeGroup') || !Array.isArray(value)) continue;
      const members = value.filter(member => member instanceof ResultObject);
      const dimensions = (members[0]?.fields ?? []).filter(({ fieldName }) => !NOT_DIMENSIONS.has(fieldName));
      const measures = MEASURES.filter(measure => members[0]?.fields.some(({ fieldName }) => fieldName === measure));
      if (dimensions.length === 0 || measures.length === 0) continue;
      lists.push({
        title: responseName,
        groupType: type,
        by: [args.by].flat(),
        dimensions: dimensions.map(({ fieldName, type: valueType, isLeaf }) => ({
          field: fieldName,
          type: valueType,
          isLeaf,
        })),
        measures,
        bars: members.map(record => barOf(record, dimensions, measures, language)),
      });
    }
  }
  return lists;
}

function barOf(
  record: ResultObject,
  dimensions: readonly ResultField[],
  measures: readonly Measure[],
  language: ReaderLanguage,
): GroupBar {
  const fieldNamed = (name: string) => record.fields.find(({ fieldName }) => fieldName === name);
  const values = dimensions.map(({ fieldName }) => {
    const value = fieldNamed(fieldName)?.value ?? null;
    if (value instanceof ResultObject) return labelOf(value, language);
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  });
  return {
    values,
    measures: Object.fromEntries(measures.map(name => [name, Number(fieldNamed(name)?.value)])),
    record,
  };
}

/** Statuses in the order of every legend, table and list. */
export const STATUS_ORDER: readonly (string | null)[] = [
  'ACTIVE',
  'DORMANT',
  'ENDED',
  'UNKNOWN',
  'NOT_YET_STARTED',
  'EXCHANGE',
  null,
];

export const isTime = ({ field }: Dimension): boolean => /^started(?:Year|Decade)$/.test(field);
export const isStatus = ({ type }: Dimension): boolean => type === 'PartnershipStatus';

/** Returns the sum of a measure over the bars that meet a condition. */
export const totalOf = (bars: readonly GroupBar[], measure: Measure): number =>
  bars.reduce((sum, { measures }) => sum + (measures[measure] ?? 0), 0);

/** Returns the values of a dimension: in time order, in the order of statuses, or the largest total first and else by name; unknown last. */
export function valuesOf({ dimensions, bars }: Groups, index: number, measure: Measure): GroupValue[] {
  const dimension = dimensions[index] as Dimension;
  const totals = new Map<GroupValue, number>();
  for (const bar of bars) {
    const value = bar.values[index] ?? null;
    totals.set(value, (totals.get(value) ?? 0) + (bar.measures[measure] ?? 0));
  }
  const rank = (value: GroupValue): number =>
    isStatus(dimension)
      ? STATUS_ORDER.indexOf(value as string | null)
      : value === null
        ? Number.POSITIVE_INFINITY
        : isTime(dimension)
          ? Number(value)
          : -(totals.get(value) ?? 0);
  return [...totals.keys()].sort((a, b) =>
    rank(a) === rank(b) ? collator.compare(String(a), String(b)) : rank(a) - rank(b),
  );
}
