import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { SearchDocument } from '../graph/search/search-document.js';
import { queryRows } from '../graph/sql/query.js';
import type { Subject } from './subject.js';

/**
 * Writes the search documents of a record. A dry run writes them to a savepoint and drops them: they include those of
 * other records, which their writers would wait for.
 */
export async function indexRecord<Row extends RegisterRecord>(
  em: EntityManager,
  subject: Subject<Row>,
  id: string,
  row: Row | null,
  dryRun: boolean,
): Promise<void> {
  if (dryRun) await queryRows(em, sql`savepoint search_documents`);
  if (row) await em.upsertMany(SearchDocument, await subject.searchDocuments(em, row));
  else await em.nativeDelete(SearchDocument, { id });
  if (dryRun) await queryRows(em, sql`rollback to savepoint search_documents`);
}
