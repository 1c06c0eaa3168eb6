import type { ListDefinition } from '../graph/list/list-definition.js';
import { rowsById } from '../graph/record/record-loader.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { SearchDocument } from '../graph/search/search-document.js';
import type { Fork } from '../graph/sql/fork.js';
import { type Citation, type CitedColumn, readCitations } from '../source/citation.js';
import type { SubjectType } from './change.js';
import type { NewCitation } from './cite.js';
import type { FieldChange } from './field-change.js';
import type { Facts } from './log.js';

/** Describes a concept to the write path: its facts for the log, and the data derived from them. */
export interface Subject<Row extends RegisterRecord> {
  type: SubjectType;
  listing: Pick<ListDefinition<Row>, 'entity' | 'alias'>;
  citationColumn: CitedColumn;
  /** Its rows in other tables beside its citations, as the text of a deletion up to the column: `status_period where partnership_id`. */
  parts?: readonly string[];
  /** Returns the facts of a row as the log stores them, rows of other tables included, citations excluded. */
  facts(em: Fork, row: Row): Promise<Facts>;
  /**
   * Returns the ids of the authorities that a record with these facts affects.
   *
   * @param changed The names of the facts that the change replaces or removes; none for a new record.
   */
  affectedAuthorities(facts: Facts, changed?: readonly string[]): string[];
  /** True if its search documents contain names of other records, which are read under the lock of the log. */
  containsOtherNames?: boolean;
  /** Builds the search documents of rows. */
  searchDocuments(em: Fork, rows: Row[]): Promise<SearchDocument[]>;
  /** Build the search documents of other records that contain the names of a record. The modules of those records add them. */
  documentsWithNames: ((em: Fork, id: string) => Promise<SearchDocument[]>)[];
}

/** Returns the ids of the authorities that a change affects, by the facts before it and after it. */
export function authoritiesOfChange<Row extends RegisterRecord>(
  subject: Subject<Row>,
  before: Facts | null,
  after: Facts | null,
  fields: readonly FieldChange[],
): string[] {
  const changed = before ? fields.map(({ field }) => field) : [];
  return [...new Set([before, after].flatMap(facts => (facts ? subject.affectedAuthorities(facts, changed) : [])))];
}

/** Columns that the register maintains itself: they are not facts. */
const MAINTAINED_COLUMNS = new Set(['version', 'createdAt', 'updatedAt', 'sortName']);

/** Returns the columns of a row as facts. */
export function columnFacts(row: object): Facts {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !MAINTAINED_COLUMNS.has(name)));
}

/** Reads the row of a record, or null. */
export async function rowOf<Row extends RegisterRecord>(
  em: Fork,
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

/** The states of records by id. */
export type RecordStates<Row extends RegisterRecord> = ReadonlyMap<string, RecordState<Row>>;

/**
 * Reads records with all their facts, citations included, by id. A record that does not exist is not in the result.
 *
 * @param areCited False for records that have no citations yet, which are not read then.
 */
export async function statesOf<Row extends RegisterRecord>(
  em: Fork,
  subject: Subject<Row>,
  ids: readonly string[],
  areCited = true,
): Promise<RecordStates<Row>> {
  if (ids.length === 0) return new Map();
  const [rows, citations] = await Promise.all([
    rowsById(em, subject.listing, ids),
    areCited ? readCitationFacts(em, subject, ids) : undefined,
  ]);
  const facts = await Promise.all(rows.map(row => subject.facts(em, row)));
  return new Map(
    rows.map((row, index) => [row.id, { row, facts: { ...facts[index], citations: citations?.get(row.id) ?? [] } }]),
  );
}

/** Returns states with the citations that are added to them. */
export function withCitations<Row extends RegisterRecord>(
  states: RecordStates<Row>,
  citations: readonly NewCitation[],
): RecordStates<Row> {
  const added = Map.groupBy(citations, ({ subject }) => subject);
  return new Map(
    [...states].map(([id, { row, facts }]) => {
      const cited = [...(facts.citations as Facts[]), ...(added.get(id) ?? []).map(citationFacts)];
      return [id, { row, facts: { ...facts, citations: cited } }];
    }),
  );
}

const citationFacts = ({ source, supports }: Pick<NewCitation, 'source' | 'supports'>): Facts => ({
  ...source,
  supports,
});

/** Reads the citations of records as facts, by their ids. */
async function readCitationFacts<Row extends RegisterRecord>(
  em: Fork,
  { citationColumn }: Subject<Row>,
  ids: readonly string[],
): Promise<Map<string, Facts[]>> {
  const citations = await readCitations(em, citationColumn, ids);
  const asFacts = ({ source: { id: _, ...source }, supports }: Citation) => citationFacts({ source, supports });
  return new Map(ids.map((id, index) => [id, (citations[index] ?? []).map(asFacts)]));
}
