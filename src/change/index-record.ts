import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { SearchDocument } from '../graph/search/search-document.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { Subject } from './subject.js';

/** A record to index; without a row it was withdrawn. */
export interface ChangedRecord<Row extends RegisterRecord = RegisterRecord> {
  subject: Subject<Row>;
  id: string;
  row: Row | null;
  /** True if names by which other records are found may have changed. */
  isRenamed: boolean;
}

const COLUMNS = ['type', 'sort_name', 'names', 'title', 'terms', 'fields'];
const columnsIn = (row: string): string => COLUMNS.map(column => `${row}${column}`).join(', ');

/** Returns the statement that writes search documents. Of those that may be there already, it leaves out equal ones. */
const written = (documents: readonly SearchDocument[], areNew: boolean): Sql => sql`
  insert into search_document as d (id, ${raw(columnsIn(''))})
  select id, type, "sortName", names, title, terms, fields from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
    as w(id text, type text, "sortName" text, names text[], title tsvector, terms tsvector, fields jsonb)
  ${areNew ? empty : REPLACING}`;

/** The triggers of updates run for each statement that has it, also if it updates nothing. */
const REPLACING = raw(`on conflict (id) do update set (${columnsIn('')}) = row(${columnsIn('excluded.')})
    where (${columnsIn('d.')}) is distinct from (${columnsIn('excluded.')})`);

/** The search documents that records changed. */
export interface ChangedDocuments {
  documents: readonly SearchDocument[];
  /** The ids of withdrawn records. */
  withdrawn: readonly string[];
}

/** Builds the search documents of records, and of those that are found by names which changed. */
export async function documentsOf(em: Fork, records: readonly ChangedRecord[]): Promise<ChangedDocuments> {
  const built = await Promise.all(
    [...Map.groupBy(records, record => record.subject)].map(async ([subject, ofSubject]) => {
      const renamed = ofSubject.filter(({ row, isRenamed }) => row && isRenamed);
      const documents = await Promise.all([
        subject.searchDocuments(
          em,
          ofSubject.flatMap(({ row }) => row ?? []),
        ),
        ...renamed.flatMap(({ id }) => subject.documentsWithNames.map(documents => documents(em, id))),
      ]);
      return documents.flat();
    }),
  );
  // A document that two of the records are found by is written once: a statement cannot write a row twice.
  const documents = new Map(built.flat().map(document => [document.id, document]));
  return { documents: [...documents.values()], withdrawn: records.filter(({ row }) => !row).map(({ id }) => id) };
}

/**
 * Writes search documents in one statement, regardless of their number. A dry run writes them to a savepoint and drops them:
 * they include those of other records, which their writers would wait for.
 *
 * @param options.areNew True if all are of new records.
 */
export async function writeDocuments(
  em: Fork,
  { documents, withdrawn }: ChangedDocuments,
  { dryRun = false, areNew = false } = {},
): Promise<void> {
  const sent: Promise<unknown>[] = [];
  if (dryRun) sent.push(queryRows(em, sql`savepoint search_documents`));
  if (documents.length) sent.push(queryRows(em, written(documents, areNew)));
  if (withdrawn.length)
    sent.push(queryRows(em, sql`delete from search_document where id = any(${[...withdrawn]}::text[])`));
  if (dryRun) sent.push(queryRows(em, sql`rollback to savepoint search_documents`));
  await Promise.all(sent);
}
