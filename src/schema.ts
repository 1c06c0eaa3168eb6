import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, type PubSub } from 'type-graphql';
import { publishScopes } from './access/publish-scopes.js';
import { ViewerResolver } from './access/viewer.resolver.js';
import { ChineseAuthority, DutchAuthority } from './authority/authority.js';
import { AuthorityMutations } from './authority/authority.mutations.js';
import { authorityReferences } from './authority/authority.references.js';
import {
  AuthorityCitations,
  AuthorityHistory,
  AuthorityResolver,
  ChineseAuthorityResolver,
} from './authority/authority.resolver.js';
import { changeResolvers } from './change/resolvers.js';
import { UserErrorResolver } from './change/user-error.js';
import { exchangeMutations } from './exchange/exchange.batch.mutations.js';
import { exchangeGroupResolvers } from './exchange/exchange.groups.js';
import { exchangeReferences } from './exchange/exchange.references.js';
import {
  AuthorityExchanges,
  ExchangeCitations,
  ExchangeHistory,
  ExchangeResolver,
  PartnershipExchanges,
  ProgrammeExchanges,
} from './exchange/exchange.resolver.js';
import { tagContracts } from './federation/contract-tags.js';
import { asSubgraph } from './federation/subgraph.js';
import { DEFAULT_PAGE_SIZE } from './graph/list/page.js';
import { declareLabels } from './graph/record/labelled.js';
import { resolveNodeType } from './graph/record/node.js';
import { recordResolvers } from './graph/record/node.resolver.js';
import { declareListSizes } from './graph/schema/cost.js';
import { useDirectResolvers as bindDirectResolvers } from './graph/schema/direct-resolvers.js';
import { describeRoots } from './graph/schema/root-descriptions.js';
import { codeLabelResolvers } from './graph/types/code-labels.resolver.js';
import { CodeListResolver } from './graph/types/code-list.resolver.js';
import { RateLimitResolver } from './limits/rate-limit.resolver.js';
import { OrganisationMutations } from './organisation/organisation.mutations.js';
import { organisationReferences } from './organisation/organisation.references.js';
import { organisationResolvers } from './organisation/organisation.resolver.js';
import { partnershipGroupResolvers } from './partnership/partnership.groups.js';
import { partnershipReferences } from './partnership/partnership.references.js';
import {
  AuthorityPartnerships,
  PartnershipCitations,
  PartnershipHistory,
  PartnershipResolver,
  StatusPeriodCitations,
} from './partnership/partnership.resolver.js';
import { partnershipMutations } from './partnership/partnership.status.mutations.js';
import { ProgrammeLinkMutations } from './programme/programme.links.js';
import { ProgrammeMutations } from './programme/programme.mutations.js';
import { programmeReferences } from './programme/programme.references.js';
import {
  OrganisationProgrammes,
  PartnershipProgrammes,
  ProgrammeCitations,
  ProgrammeHistory,
  ProgrammeResolver,
} from './programme/programme.resolver.js';
import { proposalResolvers } from './proposal/proposal.resolvers.js';
import { RedactionMutations } from './redaction/redaction.mutations.js';
import { searchResolvers } from './search/search.resolver.js';
import { SourceResolver } from './source/source.resolver.js';
import { webhookResolvers } from './webhook/webhook.resolver.js';

/** All resolvers, by concept. */
const resolvers = [
  ...recordResolvers,
  CodeListResolver,
  ...codeLabelResolvers,
  AuthorityResolver,
  ChineseAuthorityResolver,
  AuthorityCitations,
  AuthorityPartnerships,
  AuthorityExchanges,
  PartnershipResolver,
  PartnershipCitations,
  StatusPeriodCitations,
  PartnershipProgrammes,
  PartnershipExchanges,
  ...partnershipGroupResolvers,
  ProgrammeResolver,
  ProgrammeCitations,
  ProgrammeExchanges,
  ExchangeResolver,
  ExchangeCitations,
  ...exchangeGroupResolvers,
  ...organisationResolvers,
  OrganisationProgrammes,
  ...searchResolvers,
  ...changeResolvers,
  UserErrorResolver,
  AuthorityHistory,
  PartnershipHistory,
  ProgrammeHistory,
  ExchangeHistory,
  AuthorityMutations,
  ...partnershipMutations,
  ProgrammeMutations,
  ProgrammeLinkMutations,
  ...exchangeMutations,
  OrganisationMutations,
  RedactionMutations,
  ...proposalResolvers,
  ...webhookResolvers,
  SourceResolver,
  ViewerResolver,
  RateLimitResolver,
] as const;

/** Required by type-graphql, but unused: the subscription reads the change log, so that it can resume. */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('PubSub is not used: changes are written to the change log.');
  },
  subscribe: () => {
    throw new Error('PubSub is not used: subscriptions read the change log.');
  },
};

/** The resolvers of federated keys, by concept. */
const references = [
  ...authorityReferences,
  ...partnershipReferences,
  ...programmeReferences,
  ...exchangeReferences,
  ...organisationReferences,
];

/**
 * Builds the executable schema from the decorated classes: a Federation 2 subgraph that is also served standalone.
 *
 * @param routerOnly Whether `_service` and `_entities` require the router secret.
 */
export async function createSchema(routerOnly = false): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [...resolvers],
    orphanedTypes: [DutchAuthority, ChineseAuthority],
    // Skips an introspection of the whole schema at start. A test validates the schema.
    skipCheck: true,
    validate: false,
    pubSub: noPubSub,
  });
  declareListSizes(schema, DEFAULT_PAGE_SIZE);
  declareLabels(schema);
  return asSubgraph(describeRoots(bindDirectResolvers(schema)), {
    annotate: annotated => {
      publishScopes(annotated);
      tagContracts(annotated);
    },
    references,
    typeOf: resolveNodeType,
    extensions: { routerOnly },
  });
}
