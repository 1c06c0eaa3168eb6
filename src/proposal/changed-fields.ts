import type { UserError } from '../change/user-error.js';
import type { ExportTable } from '../export/table.js';
import { abbreviate } from '../graph/errors.js';
import { earliestDay, lastDay, partialDateProblem } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import { valueAtBasis } from './basis.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import type { Identity } from './identify.js';
import { isSameValue } from './leaf.js';
import { cellProblem, isEmpty, type ParsedRow, readCell } from './parsed-row.js';
import { isUnedited, type PresentRecord } from './present-values.js';

/** Columns that the register computes from other records. */
const COMPUTED: ReadonlySet<string> = new Set(['exchangeCount', 'partnershipCount']);

/** Returns the values of a new record. */
export function newFields(row: ParsedRow): ProposedField[] {
  return [...new Map([...row.cellsIfNew, ...row.cells])].flatMap(([leaf, cell]) => {
    const proposed = readCell(row, leaf, cell);
    return isSameValue(proposed, null)
      ? []
      : [{ field: leaf.path, atBasis: null, now: null, proposed, isConflict: false }];
  });
}

/** Returns the values of a row that differ from those of its record, compared three ways. */
export function changedFields(
  { onlyNew, table }: ProposalConcept,
  row: ParsedRow,
  { isNamed }: Extract<Identity, { kind: 'record' }>,
  present: PresentRecord,
  atBasis: ReadonlyMap<string, unknown> | undefined,
): ProposedField[] {
  // A list from elsewhere names a record in its own way; an export names it as the register does.
  for (const [path, cell] of isNamed ? row.readOnly : []) {
    if (isUnedited(cell, path, present) || isDayOfRow(table, row, path, cell)) continue;
    if (COMPUTED.has(path) && isEmpty(cell)) continue;
    // Computed values change by themselves: the file may be old, which is no reason to refuse its other values.
    if (!COMPUTED.has(path)) row.problems.push(readOnlyProblem(path));
    else row.notices.push(computedNotice(path, cell, present.values[path]));
  }
  const fields = [...row.cells].flatMap(([leaf, cell]) => {
    if (isUnedited(cell, leaf.path, present)) return [];
    const proposed = readCell(row, leaf, cell);
    const now = present.values[leaf.path] ?? null;
    const before = valueAtBasis(atBasis, leaf, now);
    if (proposed === undefined || isSameValue(proposed, now)) return [];
    // The row has the value of its basis: the register was changed, the row was not.
    if (isSameValue(proposed, before)) return [];
    if (onlyNew.has(leaf.path)) {
      row.problems.push(readOnlyProblem(leaf.path));
      return [];
    }
    return [{ field: leaf.path, atBasis: before, now, proposed, isConflict: !isSameValue(before, now) }];
  });
  // Edits of a state that the register does not have, such as one that was lost when it was restored.
  const { version } = present;
  if (fields.length && row.version !== undefined && row.version > version)
    row.problems.push(cellProblem('version', message('VERSION_NOT_YET', { version, expected: row.version })));
  return fields;
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

const readOnlyProblem = (path: string): UserError =>
  cellProblem(path, message('ROW_COLUMN_READ_ONLY', { field: path }));

const computedNotice = (path: string, cell: unknown, now: unknown): UserError =>
  cellProblem(
    path,
    message('ROW_COLUMN_COMPUTED', { field: path, value: abbreviate(cell), now: abbreviate(now ?? null) }),
  );
