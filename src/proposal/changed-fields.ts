import type { UserError } from '../change/user-error.js';
import { message } from '../messages/message.js';
import { valueAtBasis } from './basis.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import { isSameValue } from './leaf.js';
import { cellProblem, type ParsedRow, readCell } from './parsed-row.js';
import { isUnedited, type PresentRecord } from './present-values.js';
import { isOtherEnd } from './status-change.js';

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
  { onlyNew, isOfStatus }: ProposalConcept,
  row: ParsedRow,
  present: PresentRecord,
  atBasis: ReadonlyMap<string, unknown> | undefined,
): ProposedField[] {
  const fields = [...row.cells].flatMap(([leaf, cell]) => {
    if (isUnedited(cell, leaf.path, present)) return [];
    const read = readCell(row, leaf, cell);
    if (read === undefined) return [];
    const complete = (value: unknown, stored: unknown) =>
      typeof cell === 'string' && leaf.complete ? leaf.complete(value, stored) : value;
    const now = present.values[leaf.path] ?? null;
    const before = valueAtBasis(atBasis, leaf, now);
    const proposed = complete(complete(read, now), before);
    if (isSameValue(proposed, now)) return [];
    // The row has the value of its basis: the register was changed, the row was not.
    if (isSameValue(complete(read, before), before)) return [];
    if (onlyNew.has(leaf.path)) {
      row.problems.push(readOnlyProblem(leaf.path));
      return [];
    }
    return [{ field: leaf.path, atBasis: before, now, proposed, isConflict: !isSameValue(before, now) }];
  });
  if (isOfStatus && isOtherEnd(fields, present.values.status)) {
    for (const field of fields.filter(isOfStatus)) field.isConflict = true;
  }
  // Edits of a state that the register does not have, such as one that was lost when it was restored.
  const { version } = present;
  if (fields.length && row.version !== undefined && row.version > version)
    row.problems.push(cellProblem('version', message('VERSION_NOT_YET', { version, expected: row.version })));
  return fields;
}

const readOnlyProblem = (path: string): UserError =>
  cellProblem(path, message('ROW_COLUMN_READ_ONLY', { field: path }));
