import { ProposalMutations } from './proposal.mutations.js';
import { ProposalCandidateResolver, ProposalItemResolver, ProposalResolver } from './proposal.resolver.js';
import { ReportMutations } from './report.mutations.js';

/** The resolvers of proposals. */
export const proposalResolvers = [
  ProposalResolver,
  ProposalItemResolver,
  ProposalCandidateResolver,
  ProposalMutations,
  ReportMutations,
] as const;
