import { Item, type Value } from './read.js';

/** How a column sorts and how its cells are written. */
export type ColumnKind = 'text' | 'number' | 'date' | 'boolean';

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

type Cells = Map<string, Value>;
type Kinds = Map<string, ColumnKind>;

const NUMBERS = new Set(['Int', 'Float', 'Latitude', 'Longitude']);
const DATES = new Set(['PartialDate', 'DateTime']);
const kindOf = (type: string): ColumnKind =>
  NUMBERS.has(type) ? 'number' : DATES.has(type) ? 'date' : type === 'Boolean' ? 'boolean' : 'text';

const isConnection = (value: Value): value is Item => value instanceof Item && value.type.endsWith('Connection');
const holdsItems = (value: Value): boolean =>
  isConnection(value) ? value.entries.some(({ field }) => /^(?:nodes|edges)$/.test(field)) : isList(value);
const isList = (value: Value): value is Value[] => Array.isArray(value) && value.some(one => one instanceof Item);

/** What a list consists of; an edge stays one, since it may say more than its node does. */
function membersOf(value: Value): Item[] {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  if (!(value instanceof Item)) return [];
  if (!isConnection(value)) return [value];
  const lists = value.entries.filter(({ field }) => field === 'nodes' || field === 'edges');
  return membersOf(lists[0]?.value ?? []);
}

const recordOf = (member: Item): Item =>
  member.type.endsWith('Edge')
    ? (membersOf(member.entries.find(({ field }) => field === 'node')?.value ?? null)[0] ?? member)
    : member;

/** The single values of an object, dotted; values of a list inside it come as one cell that holds a list. */
function flatten(item: Item, prefix: string, cells: Cells, kinds: Kinds, lists: boolean): void {
  for (const { key, field, type, value } of item.entries) {
    const name = prefix + key;
    if (field === 'pageInfo' || (item.type.endsWith('Connection') && (field === 'nodes' || field === 'edges')))
      continue;
    if (item.type.endsWith('Edge') && field === 'node') {
      if (value instanceof Item) flatten(value, prefix, cells, kinds, lists);
    } else if (isConnection(value) || isList(value)) {
      if (value instanceof Item) flatten(value, `${name}.`, cells, kinds, lists);
      if (lists) flattenList(membersOf(value), `${name}.`, cells, kinds);
    } else if (value instanceof Item) {
      flatten(value, `${name}.`, cells, kinds, lists);
    } else if (!(Array.isArray(value) && value.length === 0 && !lists)) {
      cells.set(name, value);
      kinds.set(name, Array.isArray(value) ? 'text' : kindOf(type));
    }
  }
}

function flattenList(members: Item[], prefix: string, cells: Cells, kinds: Kinds): void {
  const flat = members.map(member => {
    const own: Cells = new Map();
    flatten(member, prefix, own, new Map(), true);
    return own;
  });
  for (const name of inOrder(flat.map(own => [...own.keys()]))) {
    cells.set(
      name,
      flat.map(own => own.get(name) ?? null),
    );
    kinds.set(name, 'text');
  }
}

/** All names, each where it stands in the lists it is in. */
function inOrder(lists: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  for (const names of lists) {
    let place = 0;
    for (const name of names) {
      const found = all.indexOf(name);
      if (found === -1) all.splice(place, 0, name);
      place = (found === -1 ? place : found) + 1;
    }
  }
  return all;
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
