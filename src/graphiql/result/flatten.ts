import { ResultObject, type ResultValue } from './typed-result.js';

/** Kind of the values of a column: sets the sort order and the alignment. */
export type ColumnKind = 'text' | 'number' | 'date' | 'boolean';

export type RowCells = Map<string, ResultValue>;
export type ColumnKinds = Map<string, ColumnKind>;

const NUMBER_TYPES = new Set(['Int', 'Float', 'Latitude', 'Longitude']);
const DATE_TYPES = new Set(['PartialDate', 'DateTime']);
export const columnKind = (type: string): ColumnKind =>
  NUMBER_TYPES.has(type) ? 'number' : DATE_TYPES.has(type) ? 'date' : type === 'Boolean' ? 'boolean' : 'text';

export const isConnection = (value: ResultValue): value is ResultObject =>
  value instanceof ResultObject && value.type.endsWith('Connection');
export const isListOfObjects = (value: ResultValue): boolean =>
  isConnection(value) ? value.fields.some(({ fieldName }) => /^(?:nodes|edges)$/.test(fieldName)) : isList(value);
const isList = (value: ResultValue): value is ResultValue[] =>
  Array.isArray(value) && value.some(member => member instanceof ResultObject);

/** Returns the members of a list or connection. Edges are returned as edges, since they may have fields of their own. */
export function membersOf(value: ResultValue): ResultObject[] {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  if (!(value instanceof ResultObject)) return [];
  if (!isConnection(value)) return [value];
  const lists = value.fields.filter(({ fieldName }) => fieldName === 'nodes' || fieldName === 'edges');
  return membersOf(lists[0]?.value ?? []);
}

export const recordOf = (member: ResultObject): ResultObject =>
  member.type.endsWith('Edge')
    ? (membersOf(member.fields.find(({ fieldName }) => fieldName === 'node')?.value ?? null)[0] ?? member)
    : member;

/**
 * Adds the scalar values of an object to `cells`, with dotted names: `dutch.name`. With `includeLists`, the values of a
 * nested list become one cell that holds an array.
 */
export function flatten(
  object: ResultObject,
  prefix: string,
  cells: RowCells,
  kinds: ColumnKinds,
  includeLists: boolean,
): void {
  for (const { responseName, fieldName, type, isLeaf, value } of object.fields) {
    const name = prefix + responseName;
    if (
      fieldName === 'pageInfo' ||
      (object.type.endsWith('Connection') && (fieldName === 'nodes' || fieldName === 'edges'))
    )
      continue;
    if (object.type.endsWith('Edge') && fieldName === 'node') {
      if (value instanceof ResultObject) flatten(value, prefix, cells, kinds, includeLists);
    } else if (isConnection(value) || isList(value)) {
      if (value instanceof ResultObject) flatten(value, `${name}.`, cells, kinds, includeLists);
      if (includeLists) flattenList(membersOf(value), `${name}.`, cells, kinds);
    } else if (value instanceof ResultObject) {
      flatten(value, `${name}.`, cells, kinds, includeLists);
    } else if (isLeaf) {
      cells.set(name, value);
      kinds.set(name, Array.isArray(value) ? 'text' : columnKind(type));
    }
  }
}

function flattenList(members: ResultObject[], prefix: string, cells: RowCells, kinds: ColumnKinds): void {
  const flat = members.map(member => {
    const memberCells: RowCells = new Map();
    flatten(member, prefix, memberCells, new Map(), true);
    return memberCells;
  });
  for (const name of mergeOrder(flat.map(memberCells => [...memberCells.keys()]))) {
    cells.set(
      name,
      flat.map(memberCells => memberCells.get(name) ?? null),
    );
    kinds.set(name, 'text');
  }
}

/** Merges lists of names into one without duplicates, preserving the order within each list. */
export function mergeOrder(lists: readonly (readonly string[])[]): string[] {
  const merged: string[] = [];
  for (const names of lists) {
    let next = 0;
    for (const name of names) {
      const index = merged.indexOf(name);
      if (index === -1) merged.splice(next, 0, name);
      next = (index === -1 ? next : index) + 1;
    }
  }
  return merged;
}
