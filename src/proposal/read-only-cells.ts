import sql from 'sql-template-tag';
import type { LogPosition } from '../change/cursor.js';
import type { UserError } from '../change/user-error.js';
import type { ExportTable } from '../export/table.js';
import { abbreviate } from '../graph/errors.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay, lastDay, partialDateProblem } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import type { ProposalConcept } from './concept.js';
import type { Identity } from './identify.js';
import { cellProblem, isEmpty, type ParsedRow } from './parsed-row.js';
import { isUnedited, type PresentRecord, presentRecords } from './present-values.js';

/** Columns that the register computes from other records. */
const COMPUTED: ReadonlySet<string> = new Set(['exchangeCount', 'partnershipCount']);

/**
 * Adds the problems of cells that no proposal can change, and that were edited: they are neither as the register has them nor
 * as it had them at the basis. Their records are read at the basis only if there are such cells.
 */
export async function checkReadOnly(
  em: Fork,
  { concept, basis }: { concept: ProposalConcept; basis: LogPosition },
  rows: readonly ParsedRow[],
  identities: readonly Identity[],
  records: ReadonlyMap<string, PresentRecord>,
): Promise<void> {
  const edited = rows.flatMap((row, index) => {
    const identity = identities[index];
    // A list from elsewhere names a record in its own way; an export names it as the register does.
    if (identity?.kind !== 'record' || !identity.isNamed) return [];
    const present = records.get(identity.id) as PresentRecord;
    const cells = [...row.readOnly].filter(
      ([path, cell]) =>
        !isUnedited(cell, path, present) &&
        !isDayOfRow(concept.table, row, path, cell) &&
        !(COMPUTED.has(path) && isEmpty(cell)),
    );
    return cells.length ? [{ row, id: identity.id, present, cells }] : [];
  });
  const old = edited.filter(({ cells }) => cells.some(([path]) => !COMPUTED.has(path))).map(({ id }) => id);
  const recordsBefore = await recordsAt(em, concept, old, basis);
  for (const { row, id, present, cells } of edited) {
    const before = recordsBefore.get(id);
    // The row may be of an earlier version than that of the basis.
    const isOlder = row.version !== undefined && row.version < (before ?? present).version;
    for (const [path, cell] of cells) {
      if (!COMPUTED.has(path) && before && isUnedited(cell, path, before)) continue;
      // Computed values change by themselves: the file may be old, which is no reason to refuse its other values.
      if (COMPUTED.has(path) || isOlder) row.notices.push(computedNotice(path, cell, present.values[path]));
      else row.problems.push(cellProblem(path, message('ROW_COLUMN_READ_ONLY', { field: path })));
    }
  }
}

/** Reads records as they were known at a position in the log, in the transaction of `em`, which reads the present again then. */
async function recordsAt(
  em: Fork,
  concept: ProposalConcept,
  ids: readonly string[],
  { id: position }: LogPosition,
): Promise<Map<string, PresentRecord>> {
  if (ids.length === 0) return new Map();
  const [{ path }] = (await queryRows<{ path: string }>(
    em,
    sql`select current_setting('search_path') as path, set_config('register.at', ${String(position)}, true),
      set_config('search_path', 'past, ' || current_setting('search_path'), true)`,
  )) as [{ path: string }];
  const records = await presentRecords(em, concept, ids, '/* at the basis */');
  await queryRows(em, sql`select set_config('search_path', ${path}, true)`);
  return records;
}

/**
 * Returns whether a cell is the first or the last day of the date that the row itself has: as the export wrote it, whatever
 * the register has now.
 */
function isDayOfRow({ columns }: ExportTable, { row }: ParsedRow, path: string, cell: unknown): boolean {
  const date = columns.find(({ name }) => name === path)?.dayOf;
  const value = row.values[date ?? ''];
  if (date === undefined) return false;
  if (isEmpty(value)) return isEmpty(cell);
  return (
    typeof value === 'string' &&
    !partialDateProblem(value) &&
    cell === (path.endsWith('.earliest') ? earliestDay : lastDay)(value)
  );
}

const computedNotice = (path: string, cell: unknown, now: unknown): UserError =>
  cellProblem(
    path,
    message('ROW_COLUMN_COMPUTED', { field: path, value: abbreviate(cell), now: abbreviate(now ?? null) }),
  );
