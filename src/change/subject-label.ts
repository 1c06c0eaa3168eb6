import sql from 'sql-template-tag';
import { type Label, labelById, labelOf } from '../graph/record/label.js';
import type { Fork } from '../graph/sql/fork.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { ChangeKind } from './change.js';
import type { FieldChange } from './field-change.js';

/** Loads the facts that withdrawn records had at last: the log has all of them in the change that withdrew the record. */
const lastFactsById = loader<string, { id: string } | null>(async (em, ids) => {
  const query = sql`
    select distinct on (c.subject_id) c.subject_id as id, c.fields from change c
    where c.subject_id = any(${[...ids]}::text[]) and c.kind = ${ChangeKind.WITHDRAWN} order by c.subject_id, c.id desc`;
  const rows = await queryRows<{ id: string; fields: FieldChange[] }>(em, query);
  return inOrder(ids, rows, ({ id }) => id).map(row => row && { ...factsBefore(row.fields), id: row.id });
});

/** Returns the facts of a record before a change of all of them. */
const factsBefore = (fields: readonly FieldChange[]) =>
  Object.fromEntries(fields.map(({ field, before }) => [field, before]));

/**
 * Loads the label that the record with an id has, or had when it was withdrawn: in one statement per type, and one for the
 * withdrawn ones. Null if the log does not have it either.
 */
export async function subjectLabel(em: Fork, id: string): Promise<Label | null> {
  const label = await labelById(em, id);
  if (label) return label;
  const facts = await lastFactsById(em).load(id);
  // Its sides may have been withdrawn after it.
  return facts && labelOf(em, facts, subjectLabel);
}
