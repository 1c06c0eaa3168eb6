import { raw, type Sql } from 'sql-template-tag';
import { CURRENT } from '../graph/sql/moment.js';
import { RedactionStore } from './places.js';
import type { Redaction } from './redaction.js';

/** The tables of proposals as they are, and those of their versions. */
export type Schema = 'public' | 'history';

/** A row, or one of its versions. */
export interface Stored {
  id: string;
  /** The change since which the row was known so; 0 for the row as it is now. */
  knownFrom: number;
  /** True for the version that equals the row as it is now. */
  isCurrent: boolean;
}

/** SQL of a table and of what tells its rows `t` apart. */
export const TABLES: Readonly<Record<Schema, (name: string) => { table: Sql; knownFrom: Sql; isCurrent: Sql }>> = {
  public: name => ({ table: raw(`public.${name}`), knownFrom: raw('0'), isCurrent: raw('false') }),
  history: name => ({
    table: raw(`history.${name}`),
    knownFrom: raw('t.known_from'),
    isCurrent: raw(`t.known_until = ${CURRENT}`),
  }),
};

/** Redacts a value of a field, or of a member of it. */
export type Rewrite = (value: unknown, field: string, member?: string) => unknown;

/** Returns the kind of place that a row or version is. Undefined for a version that equals its row, which is counted once. */
export function storeOf({ knownFrom, isCurrent }: Stored): RedactionStore | undefined {
  if (knownFrom === 0) return RedactionStore.PROPOSAL;
  return isCurrent ? undefined : RedactionStore.VERSION;
}

/** Returns a function that redacts the values of a row or version. */
export function rewriterOf(redaction: Redaction, stored: Stored): Rewrite {
  const store = storeOf(stored);
  return (value, field, member) =>
    redaction.coversField(field) ? redaction.rewrite(value, store, undefined, field, member) : value;
}
