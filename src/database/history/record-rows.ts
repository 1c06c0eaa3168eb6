import type { Facts } from '../../change/log.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import type { SourceFacts } from '../../source/source-id.js';
import type { SourceSeed } from '../seed/seed.schemas.js';
import { type LoggedConcept, seedOf } from './concepts.js';

/** A row of one of the tables that the changes of a record determine. */
export interface RecordRow {
  table: string;
  /** Identifies the row in its table: its primary key, by column. */
  key: Record<string, string | number>;
  /** The other columns, by the property of the entity; by column in tables of links. */
  values: object;
}

/** The columns of a record that its facts do not have. */
export interface Maintained {
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** Returns the row of a record, as the seeds and the mutations store it. */
export function recordRow(concept: LoggedConcept, facts: Facts, maintained: Maintained): RecordRow {
  const { id, ...values } = concept.row(seedOf(concept, facts) as never);
  return { table: concept.table, key: { id }, values: { ...values, ...maintained } };
}

/** The facts that are links to other records, and the tables that have them. */
const LINKS: { table: string; from: string; fact: string; to: string }[] = [
  { table: 'programme_organisation', from: 'programme', fact: 'organisations', to: 'organisation' },
  { table: 'programme_authority', from: 'programme', fact: 'authorities', to: 'authority' },
  { table: 'programme_partnership', from: 'partnership', fact: 'programmes', to: 'programme' },
];

/** Returns the rows of the links that are facts of a record. */
export function linkRows({ table: from }: LoggedConcept, facts: Facts): RecordRow[] {
  return LINKS.filter(link => link.from === from).flatMap(({ table, fact, to }) =>
    ((facts[fact] ?? []) as string[]).map(id => ({
      table,
      key: { [`${from}_id`]: facts.id as string, [`${to}_id`]: id },
      values: {},
    })),
  );
}

/** Returns the rows of the status periods of a partnership. */
export function periodRows(periods: readonly RecordedStatus[]): RecordRow[] {
  return periods.map(({ id, ...values }) => ({ table: 'status_period', key: { id }, values }));
}

/** The columns of a citation; the source is in the form in which the log has it. */
export interface CitationValues {
  source: SourceFacts;
  supports: string[];
  position: number;
}

/**
 * Returns the rows of the citations of a record.
 *
 * @param idAt Returns the id of the citation at a position.
 */
export function citationRows(
  { subject }: LoggedConcept,
  { id, citations }: Facts,
  idAt: (position: number) => number,
): RecordRow[] {
  return ((citations ?? []) as SourceSeed[]).map(({ supports, ...source }, position) => ({
    table: 'citation',
    key: { id: idAt(position) },
    values: { source, supports, position, [subject.citationColumn]: id } satisfies CitationValues & object,
  }));
}
