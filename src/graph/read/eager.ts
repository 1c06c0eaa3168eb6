import type { Sql } from 'sql-template-tag';
import { JsonList } from '../execute/json-list.js';
import type { FieldPlan, Selection } from '../execute/plan.js';
import type { Fork } from '../sql/fork.js';

/** The records and lists that a statement fetches together with a record. */
export interface EagerReads {
  records: EagerRecord[];
  lists: EagerListColumn[];
}

/** A referred record that is fetched together with the record that refers to it. */
export interface EagerRecord extends EagerReads {
  /** The property that refers to it. */
  property: string;
  /** Its fetched properties without the id, and the column of each: `dutch.names`. */
  properties: { name: string; column: string }[];
}

/** A list that is fetched together with its record, as JSON in one column. */
export interface EagerListColumn extends EagerList {
  column: string;
}

/** A list that can be fetched together with its record. */
export interface EagerList {
  /** The hidden property of the record from which the resolver of the list's field reads the rows. */
  property: string;
  /** Equal for lists that read the same. */
  key: string;
  rows: Sql;
  /** True if the JSON of the rows is that of the response. */
  isJsonList: boolean;
  /** Assembles one row of the list; `undefined` if its rows are complete. */
  assemble: RowAssembler | undefined;
}

/** Moves eagerly fetched columns of a row into the records and lists that they belong to. Changes the row in place. */
export type RowAssembler = (row: object) => void;

/** One selection of a list, with arguments that hold in every run of the document. */
export interface EagerListRequest {
  args: object;
  selection: Selection;
  /** The GraphQL type of the records that have the list. */
  type: string;
  /** True if the list may be a `JsonList`. */
  takesJsonLists: boolean;
}

/**
 * Plans the eager fetch of a list. Stored in the field's `extensions.eagerList`.
 *
 * Called once per selection of the record, with the SQL expression of the record's id and all requests for the field;
 * returns one list per distinct set of arguments. Does not throw for invalid arguments: the resolver reports them.
 */
export type EagerListPlanner = (em: Fork, id: Sql, requests: readonly EagerListRequest[]) => EagerList[];

/** Returns the request of a field whose arguments contain no variable; an empty array for every other field. */
export function constantRequests({
  constantArguments,
  parent,
  type: { selection },
  takesJsonLists,
}: FieldPlan): EagerListRequest[] {
  if (!constantArguments || !selection) return [];
  return [{ args: constantArguments(), selection, type: parent.name, takesJsonLists }];
}

/** Returns the keys of all lists among eager reads. */
export const listKeys = ({ records, lists }: EagerReads): string[] => [
  ...lists.map(({ key }) => key),
  ...records.flatMap(listKeys),
];

type Row = Record<string, unknown>;

/**
 * Moves the eagerly fetched columns of a row into a record: the row itself, or a record that it refers to.
 *
 *     { id: 'tie-…', dutch: 'nl-rotterdam', 'dutch.names': {…}, '~list0': […] }
 *     { id: 'tie-…', dutch: { id: 'nl-rotterdam', names: {…} }, '~["Partnership.exchanges",…]': […], … }
 */
export function assemble(into: object, from: object, { records, lists }: EagerReads): void {
  const [record, row] = [into as Row, from as Row];
  for (const eager of records) {
    const { property, properties } = eager;
    if (record[property] === null) continue;
    const referred: Row = { id: record[property] };
    for (const { name, column } of properties) referred[name] = row[column];
    assemble(referred, row, eager);
    record[property] = referred;
  }
  for (const { column, property, assemble: assembleRow, isJsonList } of lists) {
    if (isJsonList) {
      record[property] = jsonListOf(row[column] as string);
      continue;
    }
    const rows = (row[column] ?? []) as object[];
    if (assembleRow) rows.forEach(assembleRow);
    record[property] = rows;
  }
}

/** Returns a list from its column: the number of its items, then the items, `2[{…},{…}]`. */
function jsonListOf(column: string): JsonList {
  const start = column.indexOf('[');
  return new JsonList(escapeControls(column.slice(start)), Number(column.slice(0, start)));
}

/** Matches a control character that JSON permits in no text. */
const CONTROL = /[^ -\uffff]/g;

/** Writes the control characters of texts as `JSON.stringify` does. PostgreSQL would compare each text with all of them. */
const escapeControls = (json: string): string => json.replace(CONTROL, control => JSON.stringify(control).slice(1, -1));
