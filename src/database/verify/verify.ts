import type { EntityManager } from '@mikro-orm/sql';
import sql, { type Sql } from 'sql-template-tag';
import { SubjectType } from '../../change/change.js';
import { queryRows } from '../../graph/sql/query.js';
import { openTransaction } from '../../graph/sql/transaction.js';
import { concepts } from '../history/concepts.js';
import { countChanges } from '../history/log-pages.js';
import { loggedTables, type VersionedTable, versionedTables } from '../history/versioned-tables.js';
import type { Database } from '../open.js';
import { type Difference, MAX_DIFFERENCES } from './difference.js';
import { logOrder } from './log.checks.js';
import { movedPeriods } from './periods.check.js';
import { compareReplay, isReplayed } from './replay.check.js';
import { storedTexts } from './values.checks.js';
import { chains, newestVersions, recordTerms, versionsOfChanges } from './versions.checks.js';

/** The result of a comparison. */
export interface Verification {
  changes: number;
  /** The tables whose rows equal their newest versions. */
  tables: number;
  /** Those among them of which all versions equal the log: all but proposals, sources and the search index. */
  logged: number;
  differences: Difference[];
  /** False if a check stopped at the limit of its differences. */
  isComplete: boolean;
}

/**
 * Compares tables, versions and log, and checks the values of rows, in one read-only snapshot: writers may go on meanwhile.
 * Memory holds one page of the log. Older versions of sources, of citations of periods and of the search index are compared
 * with each other only: the log has no sources of their own, and no words.
 */
export async function verify({ em }: Pick<Database, 'em'>): Promise<Verification> {
  const transaction = await openTransaction(em);
  try {
    await queryRows(transaction.em, sql`set transaction isolation level repeatable read, read only`);
    return await compare(transaction.em);
  } finally {
    await transaction.rollback();
  }
}

/** Compares tables, versions and log as the transaction of `em` sees them. */
export async function compare(em: EntityManager): Promise<Verification> {
  const tables = await versionedTables(em);
  const results: Difference[][] = [];
  for (const check of checksOf(tables)) results.push(await queryRows<Difference>(em, check));
  results.push(await compareReplay(em, tables));
  const logged = [...(await loggedTables(em)).keys()].filter(isReplayed).length;
  const isComplete = results.every(({ length }) => length < MAX_DIFFERENCES);
  return { changes: await countChanges(em), tables: tables.size, logged, differences: results.flat(), isComplete };
}

function* checksOf(tables: ReadonlyMap<string, VersionedTable>): Generator<Sql> {
  yield logOrder;
  for (const table of tables.values()) {
    yield newestVersions(table);
    yield chains(table);
  }
  for (const [type, { table }] of Object.entries(concepts)) yield versionsOfChanges(table, type);
  yield versionsOfChanges('proposal', SubjectType.PROPOSAL);
  yield recordTerms;
  yield movedPeriods;
  yield* storedTexts;
}
