import { type Entry, Item, type Value } from './read.js';

/** The values of an object's field by its name in the schema, whatever the answer calls it. */
export function* entriesOf(item: Item, field: string): Iterable<Entry> {
  for (const entry of item.entries) if (entry.field === field) yield entry;
}

/** The first value of a field that is known; fields without arguments come first. */
export function firstValue(item: Item, field: string): Value {
  const known = [...entriesOf(item, field)].filter(({ value }) => value !== null);
  return (known.find(({ args }) => args.on === undefined) ?? known[0])?.value ?? null;
}

/** A leaf as text; null where it is unknown or was not asked for. */
export function textOf(item: Item, field: string): string | null {
  const value = firstValue(item, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export function itemOf(item: Item, field: string): Item | null {
  const value = firstValue(item, field);
  return value instanceof Item ? value : null;
}

/** The objects in a list or a connection, or the one object itself. */
export function itemsIn(value: Value): Item[] {
  if (Array.isArray(value)) return value.flatMap(itemsIn);
  if (!(value instanceof Item)) return [];
  if (!value.type.endsWith('Connection')) return [value];
  return value.entries
    .filter(({ field }) => field === 'nodes' || field === 'edges')
    .flatMap(entry => itemsIn(entry.value))
    .map(one => (one.type.endsWith('Edge') ? (itemOf(one, 'node') ?? one) : one));
}

/** Every object of an answer with the objects it lies in, nearest first; an object before those in it. */
export function* everyItem(value: Value, above: readonly Item[] = []): Iterable<[item: Item, above: readonly Item[]]> {
  if (Array.isArray(value)) {
    for (const one of value) yield* everyItem(one, above);
  } else if (value instanceof Item) {
    yield [value, above];
    for (const entry of value.entries) yield* everyItem(entry.value, [value, ...above]);
  }
}

/** What a record is called, in each language that the answer holds. */
export interface Called {
  nl: string | null;
  en: string | null;
  zh: string | null;
}

export function calledOf(item: Item): Called {
  const called: Called = { nl: null, en: null, zh: null };
  const names = itemOf(item, 'names');
  for (const language of ['nl', 'en', 'zh'] as const) {
    called[language] = names && textOf(names, language);
    for (const field of ['name', 'title']) {
      for (const { args, value } of entriesOf(item, field)) {
        if (args.language === language.toUpperCase()) called[language] ??= value as string;
      }
    }
  }
  return called;
}

export type Tongue = 'nl' | 'en';

/** The name in this language, or in the first that is known. */
export function nameIn({ nl, en, zh }: Called, tongue: Tongue): string | null {
  return (tongue === 'nl' ? (nl ?? en) : (en ?? nl)) ?? zh;
}

/** A record in a few words: its name, the two sides of a tie, or at least its id. */
export function labelOf(item: Item, tongue: Tongue): string {
  const own = nameIn(calledOf(item), tongue);
  if (own) return own;
  const sides = ['dutch', 'chinese'].map(side => itemOf(item, side)).filter(side => side !== null);
  const names = sides.map(side => labelOf(side, tongue)).filter(name => name !== '');
  return names.join(' – ') || (textOf(item, 'id') ?? '');
}

/** The connections and plain objects that are no record of their own. */
export const isRecordItem = (item: Item): boolean => item.entries.some(({ field }) => field === 'id');
