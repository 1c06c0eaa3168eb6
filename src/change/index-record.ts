import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { SearchDocument } from '../graph/search/search-document.js';
import { queryRows } from '../graph/sql/query.js';
import type { Subject } from './subject.js';

/** A record to index; without a row it was withdrawn. */
export interface ChangedRecord<Row extends RegisterRecord = RegisterRecord> {
  subject: Subject<Row>;
  id: string;
  row: Row | null;
}

/**
 * Writes the search documents of records. A dry run writes them to a savepoint and drops them: they include those of other
 * records, which their writers would wait for.
 */
export async function indexRecords(
  em: EntityManager,
  records: readonly ChangedRecord[],
  dryRun: boolean,
): Promise<void> {
  if (dryRun) await queryRows(em, sql`savepoint search_documents`);
  const documents = new Map<string, SearchDocument>();
  for (const [subject, ofSubject] of Map.groupBy(records, record => record.subject)) {
    const rows = ofSubject.flatMap(({ row }) => row ?? []);
    const built = subject.searchDocumentsOfAll
      ? [await subject.searchDocumentsOfAll(em, rows)]
      : await Promise.all(rows.map(row => subject.searchDocuments(em, row)));
    // A document that two of the records are found by is written once: a statement cannot write a row twice.
    for (const document of built.flat()) documents.set(document.id, document);
  }
  if (documents.size) await em.upsertMany(SearchDocument, [...documents.values()]);
  const withdrawn = records.filter(({ row }) => !row).map(({ id }) => id);
  if (withdrawn.length) await em.nativeDelete(SearchDocument, { id: { $in: withdrawn } });
  if (dryRun) await queryRows(em, sql`rollback to savepoint search_documents`);
}
