import { ResultObject, type ResultValue } from './typed-result.js';

/** Kind of the values of a column: sets the sort order and the alignment. */
export type ColumnKind = 'text' | 'number' | 'date' | 'boolean';

/** Describes the values of a column, for its heading and its cells. */
export interface ColumnInfo {
  readonly kind: ColumnKind;
  /** Name of the type of the values. */
  readonly type: string;
  /** Names of the fields in the schema that lead to the values, without `nodes` and `edges`. */
  readonly fields: readonly string[];
  /** Arguments of the last field. */
  readonly args: Readonly<Record<string, unknown>>;
}

export type RowCells = Map<string, ResultValue>;
export type ColumnInfos = Map<string, ColumnInfo>;

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
  columns: ColumnInfos,
  includeLists: boolean,
  path: readonly string[] = [],
): void {
  for (const { responseName, fieldName, args, type, isLeaf, value } of object.fields) {
    const fields = [...path, fieldName];
    const name = prefix + responseName;
    if (
      fieldName === 'pageInfo' ||
      (object.type.endsWith('Connection') && (fieldName === 'nodes' || fieldName === 'edges'))
    )
      continue;
    if (object.type.endsWith('Edge') && fieldName === 'node') {
      if (value instanceof ResultObject) flatten(value, prefix, cells, columns, includeLists, path);
    } else if (isConnection(value) || isList(value)) {
      if (value instanceof ResultObject) flatten(value, `${name}.`, cells, columns, includeLists, fields);
      if (includeLists) flattenList(membersOf(value), `${name}.`, cells, columns, fields);
    } else if (value instanceof ResultObject) {
      flatten(value, `${name}.`, cells, columns, includeLists, fields);
    } else if (isLeaf) {
      cells.set(name, value);
      columns.set(name, { kind: Array.isArray(value) ? 'text' : columnKind(type), type, fields, args });
    }
  }
}

function flattenList(
  members: ResultObject[],
  prefix: string,
  cells: RowCells,
  columns: ColumnInfos,
  path: readonly string[],
): void {
  const flat = members.map(member => {
    const memberCells: RowCells = new Map();
    flatten(member, prefix, memberCells, columns, true, path);
    return memberCells;
  });
  for (const name of mergeOrder(flat.map(memberCells => [...memberCells.keys()]))) {
    cells.set(
      name,
      flat.map(memberCells => memberCells.get(name) ?? null),
    );
    const column = columns.get(name);
    if (column) columns.set(name, { ...column, kind: 'text' });
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
