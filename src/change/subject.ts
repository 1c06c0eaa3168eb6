import type { EntityManager } from '@mikro-orm/sql';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { rowsById } from '../graph/record/record-loader.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { SearchDocument } from '../graph/search/search-document.js';
import { type CitedColumn, readCitations } from '../source/citation.js';
import type { SubjectType } from './change.js';
import type { Facts } from './log.js';

/** Describes a concept to the write path: its facts for the log, and the data derived from them. */
export interface Subject<Row extends RegisterRecord> {
  type: SubjectType;
  listing: Pick<ListDefinition<Row>, 'entity' | 'alias'>;
  citationColumn: CitedColumn;
  /** Its rows in other tables beside its citations, as the text of a deletion up to the column: `status_period where partnership_id`. */
  parts?: readonly string[];
  /** Returns the facts of a row as the log stores them, rows of other tables included, citations excluded. */
  facts(em: EntityManager, row: Row): Promise<Facts>;
  /** Returns the ids of the authorities that a record with these facts affects. */
  affectedAuthorities(facts: Facts): string[];
  /** Builds the search document of a row, and those of the records that are also found by its names. */
  searchDocuments(em: EntityManager, row: Row): Promise<SearchDocument[]>;
  /** Builds the search documents of many rows in a fixed number of statements, if that is possible. */
  searchDocumentsOfAll?(em: EntityManager, rows: Row[]): Promise<SearchDocument[]>;
}

/** Columns that the register maintains itself: they are not facts. */
const MAINTAINED_COLUMNS = new Set(['version', 'createdAt', 'updatedAt', 'sortName']);

/** Returns the columns of a row as facts. */
export function columnFacts(row: object): Facts {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !MAINTAINED_COLUMNS.has(name)));
}

/** Reads the row of a record, or null. */
export async function rowOf<Row extends RegisterRecord>(
  em: EntityManager,
  { listing }: Subject<Row>,
  id: string,
): Promise<Row | null> {
  return (await rowsById(em, listing, [id]))[0] ?? null;
}

/** A record as it is: its row, and its facts as the log has them. */
export interface RecordState<Row extends RegisterRecord> {
  row: Row;
  facts: Facts;
}

/** Reads records with all their facts, citations included, by id. A record that does not exist is not in the result. */
export async function statesOf<Row extends RegisterRecord>(
  em: EntityManager,
  subject: Subject<Row>,
  ids: readonly string[],
): Promise<Map<string, RecordState<Row>>> {
  const states = new Map<string, RecordState<Row>>();
  if (ids.length === 0) return states;
  const [rows, citations] = await Promise.all([
    rowsById(em, subject.listing, ids),
    readCitations(em, subject.citationColumn, ids),
  ]);
  const citationsById = new Map(ids.map((id, index) => [id, citations[index]]));
  const facts = await Promise.all(rows.map(row => subject.facts(em, row)));
  for (const [index, row] of rows.entries()) {
    const cited = (citationsById.get(row.id) ?? []).map(({ source: { id: _, ...source }, supports }) => ({
      ...source,
      supports,
    }));
    states.set(row.id, { row, facts: { ...facts[index], citations: cited } });
  }
  return states;
}
