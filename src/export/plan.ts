import type { GraphQLSchema } from 'graphql';
import sql, { join, type Sql } from 'sql-template-tag';
import { dataPackage } from './data-package.js';
import type { DataPackage } from './descriptor.js';
import type { ListJob } from './export-file.js';
import { factOf } from './fact.js';
import type { Separator } from './format.js';
import type { ExportRequest } from './request.js';
import {
  type ExportSelection,
  hasGeometry,
  SOURCES_NAME,
  selectedColumns,
  sourceColumns,
  statementsOf,
} from './statements.js';

/** The statements of an export: its lists, and the number of records of each. */
export interface ExportPlan {
  lists: [ListJob, ...ListJob[]];
  /** Selects the numbers as one array, `counts`, in the order of the lists. */
  counts: Sql;
  /** The description of an archive. */
  descriptor?: DataPackage;
}

function listsOf(schema: GraphQLSchema, selection: ExportSelection): { list: ListJob; count: Sql }[] {
  const { rows, count, sources } = statementsOf(selection);
  const { name } = selection.table;
  const columns = selectedColumns(selection).map(column => factOf(schema, name, column).column);
  // A statement with its methods cannot be sent to a thread.
  const statement = ({ text, values }: Sql) => ({ text, values });
  const list = { name, columns, hasGeometry: hasGeometry(selection), rows: statement(rows) };
  if (!sources) return [{ list, count }];
  const ofSources = {
    name: SOURCES_NAME,
    columns: sourceColumns,
    hasGeometry: false,
    rows: statement(sources.rows),
  };
  return [
    { list, count },
    { list: ofSources, count: sources.count },
  ];
}

/** Describes the lists of an archive, in which their files are beside the description. */
function descriptorOf(
  schema: GraphQLSchema,
  selections: ExportSelection[],
  separator: Separator = 'comma',
): DataPackage {
  const tables = selections.map(({ table }) => table);
  const provenance = selections.some(selection => selection.provenance);
  return dataPackage({ schema, tables, provenance, separator, pathOf: list => `${list}.csv` });
}

/**
 * Builds the statements of an export.
 *
 * @throws InputError for a filter or an order that the API rejects.
 */
export function planExport(schema: GraphQLSchema, { selection, others, separator }: ExportRequest): ExportPlan {
  const planned = [selection, ...others].flatMap(each => listsOf(schema, each));
  const counts = planned.map(({ count }) => sql`(${count})`);
  return {
    lists: planned.map(({ list }) => list) as ExportPlan['lists'],
    counts: sql`select json_build_array(${join(counts)}) as counts`,
    ...(others.length > 0 && { descriptor: descriptorOf(schema, [selection, ...others], separator) }),
  };
}
