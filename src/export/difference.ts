import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { cursorSql } from '../change/cursor.js';
import type { DifferenceFilter, LogRange } from '../change/difference.js';
import { readDifferenceArgs } from '../change/difference-args.js';
import { changedRecords, fieldsOfRecord, inRange, isDifferent } from '../change/difference-query.js';
import { column } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { message } from '../messages/message.js';
import { exportError } from './export-error.js';
import type { ExportRequest } from './request.js';
import { type ExportColumn, type ExportTable, exportColumn } from './table.js';

/** The records that differ between two moments. `withDifferences` completes it: its rows depend on the moments. */
export const differenceTable: ExportTable = {
  name: 'difference',
  parameters: ['from', 'to', 'filter', 'separator', 'knownAt'],
  listing: {
    alias: 'd',
    orders: { PLACE: { kind: 'integer', by: column('place') } },
    defaultOrder: [{ field: 'PLACE' }],
  },
  from: empty,
  columns: [],
};

const RECORD = [
  exportColumn('subjectType', 'd.subject_type'),
  exportColumn('subjectId', 'd.id'),
  exportColumn('kind', 'd.kind'),
];
const CHANGES = exportColumn('changes', 'd.changes', { type: 'texts' });

/** Writes a JSON value as the text of a cell: a string without quotes, null as nothing. */
const cell = (member: string): string => `case jsonb_typeof(${member}) when 'string' then ${member} #>> '{}'
  when 'null' then null else ${member}::text end`;

/** The columns of formats with cells: a row for each field. */
const FLAT_COLUMNS: ExportColumn[] = [
  ...RECORD,
  exportColumn('field', `d.item ->> 'field'`),
  exportColumn('before', cell(`(d.item -> 'before')`)),
  exportColumn('after', cell(`(d.item -> 'after')`)),
  CHANGES,
];
/** The columns of other formats: a row for each record. */
const NESTED_COLUMNS: ExportColumn[] = [...RECORD, exportColumn('fields', 'd.fields', { type: 'records' }), CHANGES];

const CURSOR = raw(cursorSql('c'));

/** Selects the records that differ, with their fields and the cursors of their changes. */
const records = (range: LogRange, filter: DifferenceFilter): Sql => sql`
  select s.subject_id as id, s.subject_type, s.kind, ${fieldsOfRecord(range)} as fields,
    (select array_agg(${CURSOR} order by c.id) from change c where c.subject_id = s.subject_id and ${inRange(range)}) as changes
  from (${changedRecords(range, filter)}) s where ${isDifferent(range, filter)}`;

/**
 * Returns an export with the rows between its moments, if it is one of differences.
 *
 * @param em A fork that reads the moment of the request.
 * @throws ExportError without a first moment; GraphQLError as `readDifferenceArgs` does.
 */
export async function withDifferences(em: Fork, request: ExportRequest): Promise<ExportRequest> {
  const { selection, moments: texts } = request;
  const { table, filter: unchecked, format } = selection;
  if (table !== differenceTable) return request;
  const { from, to } = texts;
  if (!from) throw exportError(400, 'BAD_USER_INPUT', message('EXPORT_FROM_MISSING', {}));
  // Without the second moment the range stays open: the file ends at its snapshot, whose cursor its header has.
  const { moments: range, filter } = await readDifferenceArgs(em, { from, to, filter: unchecked });
  const rows = format.isTabular
    ? sql`(select r.*, item, row_number() over (order by r.id, ordinal) as place
        from (${records(range, filter)}) r, jsonb_array_elements(r.fields) with ordinality as items(item, ordinal)) d`
    : sql`(select r.*, row_number() over (order by r.id) as place from (${records(range, filter)}) r) d`;
  const columns = format.isTabular ? FLAT_COLUMNS : NESTED_COLUMNS;
  return { ...request, selection: { ...selection, table: { ...table, from: rows, columns } } };
}
