import type { Language } from './format.js';
import { labelOf, walkObjects } from './objects.js';
import { type ResultField, ResultObject, type ResultValue } from './typed-result.js';

const MEASURES = ['count', 'authorityCount', 'exchangeCount'] as const;
export type Measure = (typeof MEASURES)[number];

/** Dimension of a group, such as `startedDecade`. */
export interface Dimension {
  readonly field: string;
  /** GraphQL type of the values; an enum value is shown by its label. */
  readonly type: string;
}

export interface GroupBar {
  /** One value per dimension; null if unknown. */
  readonly values: readonly (string | number | null)[];
  readonly measures: Readonly<Partial<Record<Measure, number>>>;
  readonly record: ResultObject;
}

/** Groups of one field of the result. */
export interface Groups {
  readonly title: string;
  readonly groupType: 'PartnershipGroup' | 'ExchangeGroup';
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
export function groupsOf(root: ResultValue, language: Language): Groups[] {
  const lists: Groups[] = [];
  for (const [object] of walkObjects(root)) {
    for (const { responseName, type, value } of object.fields) {
      if ((type !== 'PartnershipGroup' && type !== 'ExchangeGroup') || !Array.isArray(value)) continue;
      const members = value.filter(member => member instanceof ResultObject);
      const dimensions = (members[0]?.fields ?? []).filter(({ fieldName }) => !NOT_DIMENSIONS.has(fieldName));
      const measures = MEASURES.filter(measure => members[0]?.fields.some(({ fieldName }) => fieldName === measure));
      if (dimensions.length === 0 || measures.length === 0) continue;
      lists.push({
        title: responseName,
        groupType: type,
        dimensions: dimensions.map(dimension => ({ field: dimension.fieldName, type: dimension.type })),
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
  language: Language,
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
