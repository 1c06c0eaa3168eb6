import sql from 'sql-template-tag';
import { expect } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { conceptOf } from '../../src/proposal/concepts.js';
import { fileFormats } from '../../src/proposal/formats/formats.js';
import { FileRefusal } from '../../src/proposal/formats/refusal.js';
import { ProposalPolicy } from '../../src/proposal/proposal.enums.js';
import type { ProposalRow } from '../../src/proposal/row.js';
import { storeProposal } from '../../src/proposal/store.js';
import type { Json } from './calls.js';

/** The concepts by the name of their exports. */
export const CONCEPTS: Readonly<Record<string, SubjectType>> = {
  partnerships: SubjectType.PARTNERSHIP,
  authorities: SubjectType.AUTHORITY,
  programmes: SubjectType.PROGRAMME,
  exchanges: SubjectType.EXCHANGE,
  organisations: SubjectType.ORGANISATION,
};

/** Reads all rows of a file. */
export async function rowsOf(format: string, file: Buffer | string, records = 'partnerships'): Promise<ProposalRow[]> {
  const reader = fileFormats.find(({ name }) => name === format);
  const concept = conceptOf(CONCEPTS[records] as SubjectType);
  const rows: ProposalRow[] = [];
  for await (const row of reader?.rows(Buffer.from(file as string), concept) ?? []) rows.push(row);
  return rows;
}

/** Reads a file that must be refused, and returns the rule and its parameters. */
export async function refusalOf(format: string, file: Buffer | string, records?: string): Promise<Json> {
  const error = await rowsOf(format, file, records).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FileRefusal);
  return (error as FileRefusal).problem;
}

/** Compares a file with the register, and returns its items in their order. Writes nothing. */
export async function planFile(
  { em }: Database,
  format: string,
  records: string,
  file: Buffer | string,
  policy = ProposalPolicy.UPSERT,
): Promise<Json[]> {
  const rows = await rowsOf(format, file, records);
  const transaction = await openTransaction(em.fork());
  try {
    const concept = CONCEPTS[records] as SubjectType;
    const origin = fileFormats.find(({ name }) => name === format)?.origin as never;
    const header = { concept, origin, policy, source: null, message: null, proposer: 'test' };
    const id = await storeProposal(transaction.em, header, rows);
    return await queryRows<Json>(
      transaction.em,
      sql`select place, verdict, subject_id as "subjectId", fields, problems from proposal_item
        where proposal_id = ${id} order by number`,
    );
  } finally {
    await transaction.rollback();
  }
}
