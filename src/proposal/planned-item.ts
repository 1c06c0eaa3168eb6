import type { UserError } from '../change/user-error.js';
import type { Candidate } from './candidate.js';
import type { ProposedField } from './concept.js';
import type { ProposalVerdict } from './proposal.enums.js';
import type { ProposalRow } from './row.js';

/** A row with its verdict. */
export interface PlannedItem {
  place: string;
  verdict: ProposalVerdict;
  subjectId: string | null;
  subjectVersion: number | null;
  /** The values of the row as they came. */
  values: ProposalRow['values'];
  fields: ProposedField[];
  candidates: Candidate[];
  problems: UserError[];
}
