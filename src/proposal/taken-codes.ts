import sql, { raw } from 'sql-template-tag';
import { type UserError, UserErrorCode } from '../change/user-error.js';
import { tableOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import { cellProblem } from './parsed-row.js';

/** A value that a record gets. */
type Value = Pick<ProposedField, 'field' | 'proposed'>;

/** Returns the value among proposed ones that only one record can have. Of several, the last is written. */
export function uniqueCode({ uniqueCode: code }: ProposalConcept, fields: readonly Value[]): Value | undefined {
  return code && fields.findLast(({ field, proposed }) => code.paths.includes(field) && typeof proposed === 'string');
}

/**
 * Finds the rows that propose a code of another record, which the database refuses with all other rows; one statement, none
 * without codes.
 *
 * @param rows The records of the rows, null for a new one, and their values.
 * @returns The problem of each such row, by its place in `rows`.
 */
export async function takenCodes(
  em: Fork,
  concept: ProposalConcept,
  rows: readonly { id: string | null; fields: readonly Value[] }[],
): Promise<ReadonlyMap<number, UserError>> {
  const codes = rows.map(({ fields }) => uniqueCode(concept, fields));
  const wanted = codes.flatMap(code => (code ? [code.proposed] : []));
  const problems = new Map<number, UserError>();
  if (!concept.uniqueCode || wanted.length === 0) return problems;
  const column = raw(concept.uniqueCode.column);
  const holders = await queryRows<{ id: string; code: string }>(
    em,
    sql`select id, ${column} as code from ${tableOf(em, concept.subject.listing.entity)} where ${column} = any(${wanted}::text[])`,
  );
  const byCode = new Map(holders.map(({ id, code }) => [code, id]));
  for (const [index, code] of codes.entries()) {
    const holder = code && byCode.get(code.proposed as string);
    if (!code || holder === undefined || holder === rows[index]?.id) continue;
    problems.set(index, cellProblem(code.field, message('RECORD_DUPLICATE', {}), UserErrorCode.DUPLICATE));
  }
  return problems;
}
