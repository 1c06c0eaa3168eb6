import { LRUCache } from 'lru-cache';
import { SubjectType } from './change.js';

/** Types of records; undefined means all types. */
export type SubjectTypes = readonly SubjectType[] | undefined;

/**
 * Version counter of the subject types: one number that every change made or read by this process increments, and its
 * value at the last change of each type. A cached response is valid while its types are unchanged since its version.
 */
export class TypeVersions {
  #current = 0;
  readonly #lastChanged = new Map<SubjectType, number>();

  /** The current version. A reader must take it before its first statement. */
  get now(): number {
    return this.#current;
  }

  /** Records that a record of this type changed. */
  increment(type: SubjectType): void {
    this.#current += 1;
    this.#lastChanged.set(type, this.#current);
  }

  /** Records that all records may have changed. */
  incrementAll(): void {
    for (const type of Object.values(SubjectType)) this.increment(type);
  }

  /** Returns true if no record of these types changed after a version. */
  areUnchanged(types: SubjectTypes, version: number): boolean {
    if (types === undefined) return this.#current === version;
    return types.every(type => (this.#lastChanged.get(type) ?? 0) <= version);
  }
}

const { AUTHORITY, PARTNERSHIP, PROGRAMME, EXCHANGE, ORGANISATION } = SubjectType;

/** Subject types by table: the table changes only if a record of one of these types does. */
export const TABLES: Readonly<Record<string, readonly SubjectType[]>> = {
  authority: [AUTHORITY],
  partnership: [PARTNERSHIP],
  status_period: [PARTNERSHIP],
  programme: [PROGRAMME],
  programme_authority: [PROGRAMME],
  programme_organisation: [PROGRAMME],
  programme_partnership: [PROGRAMME, PARTNERSHIP],
  exchange: [EXCHANGE],
  organisation: [ORGANISATION],
};

/** Tables that a change of any type may write to. */
export const SHARED_TABLES: readonly string[] = [
  'citation',
  'source',
  'search_document',
  'search_word',
  'search_variant',
  'change',
  'proposal',
  'proposal_item',
];

const TABLE = new RegExp(`\\b(?:${[...Object.keys(TABLES), ...SHARED_TABLES].join('|')})\\b`, 'g');
/** Limits the memory of statements whose types are cached. */
const MAX_STATEMENTS_BYTES = 2_000_000;
const STATEMENT_OVERHEAD_BYTES = 200;
const typesByStatement = new LRUCache<string, { types: SubjectTypes }>({
  maxSize: MAX_STATEMENTS_BYTES,
  sizeCalculation: (_, statement) => statement.length + STATEMENT_OVERHEAD_BYTES,
});

/**
 * Returns the subject types that a statement may read, by the table names in its text. May return more types than it
 * reads, never fewer. Memoised by statement text.
 */
export function subjectTypesReadBy(statement: string): SubjectTypes {
  const cached = typesByStatement.get(statement);
  if (cached) return cached.types;
  // Column aliases may equal a table name.
  const named = new Set(statement.replaceAll(/\bas "[^"]*"/g, '').match(TABLE));
  const isShared = named.size === 0 || SHARED_TABLES.some(table => named.has(table));
  const types = isShared ? undefined : [...new Set([...named].flatMap(table => TABLES[table] ?? []))];
  typesByStatement.set(statement, { types });
  return types;
}
