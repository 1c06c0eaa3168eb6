import type { EntityManager } from '@mikro-orm/sql';
import type { Sql } from 'sql-template-tag';
import type { FieldPlan, Selection } from '../execute/plan.js';

/** What comes along with a record. */
export interface EagerReads {
  joined: EagerRecord[];
  lists: EagerListColumn[];
}

/** A record that comes along with the one that refers to it. */
export interface EagerRecord extends EagerReads {
  /** The property that refers to it. */
  property: string;
  /** Its own properties that are read, besides the id, and the columns they come in: `dutch.names`. */
  properties: { name: string; column: string }[];
}

/** A list under a record that comes along with it, as JSON in one column. */
export interface EagerListColumn extends EagerList {
  column: string;
}

/** A list under a record, as it is read with the record. */
export interface EagerList {
  /** Where the resolver of its field finds it in the record. */
  property: string;
  /** Equal for two that read the same. */
  key: string;
  rows: Sql;
  /** Puts what came along with its rows where it belongs. */
  nest: ((row: object) => void) | undefined;
}

/** One place where a list is selected, with arguments that hold in every run. */
export interface EagerListRequest {
  args: object;
  selection: Selection;
  /** The type of the records that the list stands under. */
  type: string;
}

/** How the lists of one field are read with the records that they stand under: the field's extension `eagerList`. */
export type EagerListPlanner = (em: EntityManager, id: Sql, asked: readonly EagerListRequest[]) => EagerList[];

/** A place where a list is selected, when its arguments hold in every run. */
export function constantRequests({ constantArguments, parent, type: { selection } }: FieldPlan): EagerListRequest[] {
  return constantArguments && selection ? [{ args: constantArguments(), selection, type: parent.name }] : [];
}

/** What the lists that come along read. */
export const planKeys = ({ joined, lists }: EagerReads): string[] => [
  ...lists.map(({ key }) => key),
  ...joined.flatMap(planKeys),
];

type Row = Record<string, unknown>;

/** Puts what came along in the columns of a row into a record: the row itself, or one that it refers to. */
export function assemble(into: object, from: object, { joined, lists }: EagerReads): void {
  const [record, row] = [into as Row, from as Row];
  for (const one of joined) {
    const { property, properties } = one;
    if (record[property] === null) continue;
    const referred: Row = { id: record[property] };
    for (const { name, column } of properties) referred[name] = row[column];
    assemble(referred, row, one);
    record[property] = referred;
  }
  for (const { column, property, nest: nestInto } of lists) {
    const found = (row[column] ?? []) as object[];
    if (nestInto) found.forEach(nestInto);
    record[property] = found;
  }
}
