import { Item, type Value } from './read.js';

/** How a column sorts and how its cells are written. */
export type ColumnKind = 'text' | 'number' | 'date' | 'boolean';

export type Cells = Map<string, Value>;
export type Kinds = Map<string, ColumnKind>;

const NUMBERS = new Set(['Int', 'Float', 'Latitude', 'Longitude']);
const DATES = new Set(['PartialDate', 'DateTime']);
export const kindOf = (type: string): ColumnKind =>
  NUMBERS.has(type) ? 'number' : DATES.has(type) ? 'date' : type === 'Boolean' ? 'boolean' : 'text';

export const isConnection = (value: Value): value is Item => value instanceof Item && value.type.endsWith('Connection');
export const holdsItems = (value: Value): boolean =>
  isConnection(value) ? value.entries.some(({ field }) => /^(?:nodes|edges)$/.test(field)) : isList(value);
const isList = (value: Value): value is Value[] => Array.isArray(value) && value.some(one => one instanceof Item);

/** What a list consists of; an edge stays one, since it may say more than its node does. */
export function membersOf(value: Value): Item[] {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  if (!(value instanceof Item)) return [];
  if (!isConnection(value)) return [value];
  const lists = value.entries.filter(({ field }) => field === 'nodes' || field === 'edges');
  return membersOf(lists[0]?.value ?? []);
}

export const recordOf = (member: Item): Item =>
  member.type.endsWith('Edge')
    ? (membersOf(member.entries.find(({ field }) => field === 'node')?.value ?? null)[0] ?? member)
    : member;

/** The single values of an object, dotted; values of a list inside it come as one cell that holds a list. */
export function flatten(item: Item, prefix: string, cells: Cells, kinds: Kinds, lists: boolean): void {
  for (const { key, field, type, leaf, value } of item.entries) {
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
    } else if (leaf) {
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
export function inOrder(lists: readonly (readonly string[])[]): string[] {
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
