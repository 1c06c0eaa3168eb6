import type { UserError } from '../change/user-error.js';
import type { Fork } from '../graph/sql/fork.js';

/** One row of a file or of a call: what it proposes, by the paths of the export columns or of the inputs. */
export interface ProposalRow {
  /** The place in the file, for people: `row 7`, `activity NL-KVK-27315531`. */
  place: string;
  /** Null clears a value; a path that is left out proposes nothing. */
  values: Readonly<Record<string, unknown>>;
  /** Set if the row could not be read; `path` names its column. */
  problem?: UserError | undefined;
}

/** A name for which a record is sought. */
export interface NameQuery {
  type: 'Authority' | 'DutchAuthority' | 'ChineseAuthority' | 'Organisation' | 'Programme';
  name: string;
  codes?: readonly string[];
  /** The code of `codes` that is an IATI id. */
  iatiId?: string | undefined;
  country?: string | undefined;
  level?: string | undefined;
  on?: string | undefined;
}

/** The records that a name may mean. */
export interface NameMatch {
  /** The id of the record, if it is certain. */
  automatic?: string | undefined;
  candidates: readonly { id: string; score: number; features: unknown; matched: string | null }[];
}

/** Finds records by name, for a batch of queries in a fixed number of statements. */
export type NameMatcher = (em: Fork, queries: readonly NameQuery[]) => Promise<NameMatch[]>;
