import { everyItem, labelOf, type Tongue } from './items.js';
import { type Entry, Item, type Value } from './read.js';

const MEASURES = ['count', 'authorityCount', 'exchangeCount'] as const;
export type Measure = (typeof MEASURES)[number];

/** What groups are made by, such as `startedDecade`. */
export interface Dimension {
  readonly field: string;
  /** The type of its values, so that an enum's can be put into words. */
  readonly type: string;
}

export interface Bar {
  /** A value for each dimension, null where it is unknown. */
  readonly values: readonly (string | number | null)[];
  readonly measures: Readonly<Partial<Record<Measure, number>>>;
  readonly record: Item;
}

/** The groups of one field of the answer. */
export interface Groups {
  readonly title: string;
  readonly of: 'PartnershipGroup' | 'ExchangeGroup';
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
  readonly bars: readonly Bar[];
}

const NOT_DIMENSIONS = new Set<string>([
  ...MEASURES,
  'firstStartedOn',
  'lastStartedOn',
  'partnerships',
  'exchanges',
  '__typename',
]);

/** Every list of groups in an answer, ready to be drawn. */
export function groupsOf(root: Value, tongue: Tongue): Groups[] {
  const found: Groups[] = [];
  for (const [item] of everyItem(root)) {
    for (const { key, type, value } of item.entries) {
      if ((type !== 'PartnershipGroup' && type !== 'ExchangeGroup') || !Array.isArray(value)) continue;
      const members = value.filter(one => one instanceof Item);
      const dimensions = (members[0]?.entries ?? []).filter(({ field }) => !NOT_DIMENSIONS.has(field));
      const measures = MEASURES.filter(measure => members[0]?.entries.some(({ field }) => field === measure));
      if (dimensions.length === 0 || measures.length === 0) continue;
      found.push({
        title: key,
        of: type,
        dimensions: dimensions.map(entry => ({ field: entry.field, type: entry.type })),
        measures,
        bars: members.map(record => barOf(record, dimensions, measures, tongue)),
      });
    }
  }
  return found;
}

function barOf(record: Item, dimensions: readonly Entry[], measures: readonly Measure[], tongue: Tongue): Bar {
  const entry = (field: string) => record.entries.find(one => one.field === field);
  const values = dimensions.map(({ field }) => {
    const value = entry(field)?.value ?? null;
    if (value instanceof Item) return labelOf(value, tongue);
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  });
  return { values, measures: Object.fromEntries(measures.map(name => [name, Number(entry(name)?.value)])), record };
}
