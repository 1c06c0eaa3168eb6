import type { ProposalConcept } from './concept.js';
import type { ProposalPolicy } from './proposal.enums.js';
import type { NameMatcher } from './row.js';

/** A record that a row may be about, or one of its sides. */
export interface Candidate {
  id: string;
  /** The path of the row that the candidate is a value of: `id`, or `dutch.id`. */
  path: string;
  /** From 0 to 100. */
  score: number;
  /** The parts of the score, as the matcher explains it. */
  why: unknown;
  /** The name of the record that resembles the row most; null if only a code does. */
  matched: string | null;
}

/** The facts of a proposal that identification needs. */
export interface IdentifyOptions {
  concept: ProposalConcept;
  policy: ProposalPolicy;
  /** Finds records by name; without it a row that has only a name is unmatched. */
  matchNames?: NameMatcher | undefined;
}
