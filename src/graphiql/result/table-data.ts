import {
  type ColumnInfo,
  type ColumnInfos,
  columnKind,
  flatten,
  isConnection,
  isListOfObjects,
  membersOf,
  mergeOrder,
  type RowCells,
  recordOf,
} from './flatten.js';
import { isHidden } from './hidden-fields.js';
import { hasId } from './objects.js';
import { type ResultField, ResultObject, type ResultValue } from './typed-result.js';

export interface Column extends ColumnInfo {
  /** Dotted, without `nodes` and `edges`: `partnerships.chinese.name`. */
  readonly name: string;
}

const NO_INFO: ColumnInfo = { kind: 'text', type: 'String', fields: [], args: {} };

/** Returns the columns of rows, without those that the page added; the rows keep their cells. */
const columnsOf = (rows: readonly { cells: RowCells }[], infos: ColumnInfos): Column[] =>
  mergeOrder(rows.map(({ cells }) => [...cells.keys()]))
    .filter(name => !isHidden(name.slice(name.lastIndexOf('.') + 1)))
    .map(name => ({ name, ...(infos.get(name) ?? { ...NO_INFO, fields: name.split('.') }) }));

export interface Row {
  /** Cells by column name; a missing cell is unknown. */
  readonly cells: ReadonlyMap<string, ResultValue>;
  /** Record that the row shows; of a part of a record, such as a status period, the record that has it. */
  readonly record: ResultObject;
}

/** List of the result as rows. The scalar values of the enclosing records are repeated in each row. */
export interface Table {
  /** Response names of the fields that lead to the list. */
  readonly path: readonly string[];
  /** Names in the schema of these fields. */
  readonly fields: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** `totalCount` of the connection; null if it is not selected or the list is nested. */
  readonly total: number | null;
}

function tableAt(root: ResultObject, path: readonly string[]): Table {
  const rows: { cells: RowCells; record: ResultObject }[] = [];
  const infos: ColumnInfos = new Map();
  const listFields = [...path];
  const visit = (
    object: ResultObject,
    prefix: string,
    inherited: RowCells,
    [key, ...rest]: readonly string[],
    fields: readonly string[],
    owner?: ResultObject,
  ): void => {
    if (key === undefined) {
      const cells = new Map(inherited);
      flatten(object, prefix, cells, infos, true, fields);
      const record = recordOf(object);
      rows.push({ cells, record: hasId(record) ? record : (owner ?? record) });
      return;
    }
    const source = recordOf(object);
    const list = source.fields.find(({ responseName }) => responseName === key);
    if (list) listFields[path.length - rest.length - 1] = list.fieldName;
    const prefixCells = new Map(inherited);
    if (object !== root)
      flatten(
        new ResultObject(
          object.type,
          object.fields.filter(field => field !== list),
        ),
        prefix,
        prefixCells,
        infos,
        false,
        fields,
      );
    const members = membersOf(list?.value ?? null);
    const next = object === root ? '' : `${prefix}${key}.`;
    const nextFields = object === root || !list ? [] : [...fields, list.fieldName];
    for (const member of members) visit(member, next, prefixCells, rest, nextFields, hasId(source) ? source : owner);
    // A record with an empty list still has a row, so that no record is missing.
    if (members.length === 0 && object !== root) rows.push({ cells: prefixCells, record: source });
  };
  visit(root, '', new Map(), path, []);
  const list = path.length === 1 ? root.fields.find(({ responseName }) => responseName === path[0])?.value : null;
  const total = isConnection(list ?? null)
    ? (list as ResultObject).fields.find(({ fieldName }) => fieldName === 'totalCount')
    : undefined;
  return {
    path,
    fields: listFields,
    columns: columnsOf(rows, infos),
    rows,
    total: typeof total?.value === 'number' ? total.value : null,
  };
}

/** Tells if a field of the root is a list of objects; without members, its selection says so. */
const isRootList = ({ value, isLeaf }: ResultField): boolean =>
  isListOfObjects(value) || (!isLeaf && Array.isArray(value) && value.length === 0);

/** Yields the path of each list in an object, nested lists included. */
function* listPaths(object: ResultObject, path: readonly string[]): Iterable<string[]> {
  for (const field of object.fields) {
    const { responseName, fieldName, value } = field;
    if (value === null || typeof value !== 'object' || fieldName === 'pageInfo') continue;
    if (path.length === 0 ? isRootList(field) : isListOfObjects(value)) yield [...path, responseName];
    if (path.length === 0 || isListOfObjects(value)) {
      for (const member of membersOf(value)) yield* listPaths(recordOf(member), [...path, responseName]);
    }
  }
}

/**
 * Returns every list of a result as a table; the tables of the first root field come first.
 * Counts and single records of the root form one table with a row for each.
 */
export function tablesOf(root: ResultObject): Table[] {
  const paths = new Map<string, string[]>();
  for (const path of listPaths(root, [])) paths.set(path.join('\n'), path);
  const tables = [...paths.values()].map(path => tableAt(root, path));
  const single = root.fields.filter(field => field.value !== null && !isRootList(field));
  if (single.length > 0)
    tables.push(singleValuesTable(single.map(({ responseName, type, value }) => ({ key: responseName, type, value }))));
  const first = root.fields[0]?.responseName;
  return tables.sort((a, b) => Number(b.path[0] === first) - Number(a.path[0] === first));
}

/** Returns a table of the counts and single records of the root, one row per field. */
function singleValuesTable(entries: readonly { key: string; type: string; value: ResultValue }[]): Table {
  const infos: ColumnInfos = new Map();
  const rows = entries.map(({ key, type, value }) => {
    const cells: RowCells = new Map([['question', key]]);
    if (value instanceof ResultObject) flatten(value, '', cells, infos, true);
    else {
      cells.set('value', value);
      infos.set('value', { kind: columnKind(type), type, fields: ['value'], args: {} });
    }
    return { cells, record: value instanceof ResultObject ? value : new ResultObject(type, []) };
  });
  return { path: [], fields: [], columns: columnsOf(rows, infos), rows, total: null };
}
