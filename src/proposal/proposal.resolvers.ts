import { ProposalMutations } from './proposal.mutations.js';
import { ProposalCandidateResolver, ProposalItemResolver, ProposalResolver } from './proposal.resolver.js';
import { ReportMutations } from './report.mutations.js';
import { RowProblemResolver } from './row-problem.js';

/** The resolvers of proposals. */
export const proposalResolvers = [
  ProposalResolver,
  ProposalItemResolver,
  ProposalCandidateResolver,
  RowProblemResolver,
  ProposalMutations,
  ReportMutations,
] as const;
