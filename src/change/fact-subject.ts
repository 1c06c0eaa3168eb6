import { isIdWith } from '../graph/record/id.js';
import type { SubjectType } from './change.js';

/** The types of records with facts about the world: all but proposals to change them. */
export type FactSubject = Exclude<SubjectType, SubjectType.PROPOSAL>;

/** Returns whether an id is that of a proposal, which is no `Node`: not everybody may read it. */
export const isProposalId = (id: string): boolean => isIdWith(['proposal'], id);
