import type { ColumnKind } from './flatten.js';
import {
  type Cells,
  flatten,
  holdsItems,
  inOrder,
  isConnection,
  type Kinds,
  kindOf,
  membersOf,
  recordOf,
} from './flatten.js';
import { Item, type Value } from './read.js';

export interface Column {
  /** Dotted, without `nodes` and `edges`: `partnerships.chinese.name`. */
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface Row {
  /** By the name of the column; one that is not there is unknown. */
  readonly cells: ReadonlyMap<string, Value>;
  /** What the row is about. */
  readonly record: Item;
}

/** One list of the answer as rows, with the single values of whatever it lies in repeated before them. */
export interface Table {
  /** The fields that lead to it, as the answer calls them. */
  readonly path: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How many the whole list holds, where the question asked and the list is one of the root. */
  readonly total: number | null;
}

function tableOf(root: Item, path: readonly string[]): Table {
  const rows: { cells: Cells; record: Item }[] = [];
  const kinds: Kinds = new Map();
  const visit = (item: Item, prefix: string, above: Cells, [key, ...rest]: readonly string[]): void => {
    if (key === undefined) {
      const cells = new Map(above);
      flatten(item, prefix, cells, kinds, true);
      rows.push({ cells, record: recordOf(item) });
      return;
    }
    const from = recordOf(item);
    const entry = from.entries.find(one => one.key === key);
    const carried = new Map(above);
    if (item !== root)
      flatten(
        new Item(
          item.type,
          item.entries.filter(one => one !== entry),
        ),
        prefix,
        carried,
        kinds,
        false,
      );
    const members = membersOf(entry?.value ?? null);
    const next = item === root ? '' : `${prefix}${key}.`;
    for (const member of members) visit(member, next, carried, rest);
    // Whoever has none keeps its row, so that nobody is missing.
    if (members.length === 0 && item !== root) rows.push({ cells: carried, record: from });
  };
  visit(root, '', new Map(), path);
  const columns = inOrder(rows.map(({ cells }) => [...cells.keys()]));
  const list = path.length === 1 ? root.entries.find(({ key }) => key === path[0])?.value : null;
  const total = isConnection(list ?? null)
    ? (list as Item).entries.find(({ field }) => field === 'totalCount')
    : undefined;
  return {
    path,
    columns: columns.map(name => ({ name, kind: kinds.get(name) ?? 'text' })),
    rows,
    total: typeof total?.value === 'number' ? total.value : null,
  };
}

/** The ways to each list in an object, and to itself where it is no list. */
function* waysIn(item: Item, path: readonly string[]): Iterable<string[]> {
  for (const { key, field, value } of item.entries) {
    if (value === null || typeof value !== 'object' || field === 'pageInfo') continue;
    if (holdsItems(value)) yield [...path, key];
    if (path.length === 0 || holdsItems(value)) {
      for (const member of membersOf(value)) yield* waysIn(recordOf(member), [...path, key]);
    }
  }
}

/**
 * Every list of an answer as a table, the one an analyst most likely asked for first: the first list of the root.
 * An answer of counts and single records gives one table with a row for each.
 */
export function tablesOf(root: Item): Table[] {
  const seen = new Map<string, string[]>();
  for (const way of waysIn(root, [])) seen.set(way.join('\n'), way);
  const tables = [...seen.values()].map(path => tableOf(root, path));
  const single = root.entries.filter(({ value }) => value !== null && !holdsItems(value));
  if (single.length > 0) tables.push(singlesOf(single.map(({ key, type, value }) => ({ key, type, value }))));
  const first = root.entries[0]?.key;
  return tables.sort((a, b) => Number(b.path[0] === first) - Number(a.path[0] === first));
}

/** Counts and single records of the root, a row for each. */
function singlesOf(entries: readonly { key: string; type: string; value: Value }[]): Table {
  const kinds: Kinds = new Map();
  const rows = entries.map(({ key, type, value }) => {
    const cells: Cells = new Map([['question', key]]);
    if (value instanceof Item) flatten(value, '', cells, kinds, true);
    else {
      cells.set('value', value);
      kinds.set('value', kindOf(type));
    }
    return { cells, record: value instanceof Item ? value : new Item(type, []) };
  });
  const columns = inOrder(rows.map(({ cells }) => [...cells.keys()]));
  return { path: [], columns: columns.map(name => ({ name, kind: kinds.get(name) ?? 'text' })), rows, total: null };
}
