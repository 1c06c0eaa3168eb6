import type { EntityManager } from '@mikro-orm/sql';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { rowsById } from '../graph/record/record-loader.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { SearchDocument } from '../graph/search/search-document.js';
import { type CitedColumn, citationsBy } from '../source/citation.js';
import type { SubjectType } from './change.js';
import type { Facts } from './log.js';

/** A concept as something that is written: what the log keeps of it, and what follows from a change of it. */
export interface Subject<Row extends RegisterRecord> {
  type: SubjectType;
  listing: Pick<ListDefinition<Row>, 'entity' | 'alias'>;
  citationColumn: CitedColumn;
  /** Its facts in the form of the log, from its row; what stands in other tables included, citations left out. */
  facts(em: EntityManager, row: Row): Promise<Facts>;
  /** The authorities that it touches, from its facts. */
  affectedAuthorities(facts: Facts): string[];
  /** What search reads of it, and of the records that are found by its names. */
  searchDocuments(em: EntityManager, row: Row): Promise<SearchDocument[]>;
}

/** What the register keeps about a record by itself is no fact of it. */
const OWN = new Set(['version', 'createdAt', 'updatedAt', 'sortName']);

/** The columns of a row as facts. */
export function columnFacts(row: object): Facts {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OWN.has(name)));
}

/** The row of a record, or null. */
export async function rowOf<Row extends RegisterRecord>(
  em: EntityManager,
  { listing }: Subject<Row>,
  id: string,
): Promise<Row | null> {
  return (await rowsById(em, listing, [id]))[0] ?? null;
}

/** All facts of a record as the log keeps them; null when there is no such record. */
export async function factsOf<Row extends RegisterRecord>(
  em: EntityManager,
  subject: Subject<Row>,
  row: Row | null,
): Promise<Facts | null> {
  if (!row) return null;
  const citations = await citationsBy(em, subject.citationColumn, row.id);
  const cited = citations.map(({ source: { id: _, ...source }, supports }) => ({ ...source, supports }));
  return { ...(await subject.facts(em, row)), citations: cited };
}
