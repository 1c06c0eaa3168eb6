import { SubjectType } from './change.js';

/** Types of record; undefined stands for all of them. */
export type SubjectTypes = readonly SubjectType[] | undefined;

/**
 * When records of each type last changed, as far as this process knows: a count that grows with every change that it
 * makes or hears of.
 */
export class TypeVersions {
  #now = 0;
  readonly #changed = new Map<SubjectType, number>();

  /** The count now: take it before reading. */
  get now(): number {
    return this.#now;
  }

  /** A record of this type changed. */
  increment(type: SubjectType): void {
    this.#now += 1;
    this.#changed.set(type, this.#now);
  }

  /** Whether no record of these types changed since the count stood there. */
  areUnchanged(types: SubjectTypes, since: number): boolean {
    if (types === undefined) return this.#now === since;
    return types.every(type => (this.#changed.get(type) ?? 0) <= since);
  }
}

const { AUTHORITY, PARTNERSHIP, PROGRAMME, EXCHANGE, ORGANISATION } = SubjectType;

/** The tables that change only when a record of these types does. */
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

/** The tables that may change whatever does. */
export const SHARED_TABLES: readonly string[] = ['citation', 'source', 'search_document', 'change'];

const TABLE = new RegExp(`\\b(?:${[...Object.keys(TABLES), ...SHARED_TABLES].join('|')})\\b`, 'g');
const known = new Map<string, SubjectTypes>();
const MAX_CACHED_STATEMENTS = 2_000;

/** The types of the records that a statement reads: it names their tables, and may name more than it reads. */
export function subjectTypesReadBy(statement: string): SubjectTypes {
  if (known.has(statement)) return known.get(statement);
  // Names that columns are given are no tables.
  const named = new Set(statement.replaceAll(/\bas "[^"]*"/g, '').match(TABLE));
  const isShared = named.size === 0 || SHARED_TABLES.some(table => named.has(table));
  const types = isShared ? undefined : [...new Set([...named].flatMap(table => TABLES[table] ?? []))];
  if (known.size < MAX_CACHED_STATEMENTS) known.set(statement, types);
  return types;
}
