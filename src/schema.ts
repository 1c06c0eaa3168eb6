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
import { ChangeResolver } from './change/change.resolver.js';
import { exchangeGroupResolvers } from './exchange/exchange.groups.js';
import { ExchangeMutations } from './exchange/exchange.mutations.js';
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
import { asSubgraph, subgraphText } from './federation/subgraph.js';
import { DEFAULT_PAGE_SIZE } from './graph/list/page.js';
import { NodeResolver } from './graph/record/node.resolver.js';
import { declareListSizes } from './graph/schema/cost.js';
import { useDirectResolvers as bindDirectResolvers } from './graph/schema/direct-resolvers.js';
import { describeRoots } from './graph/schema/root-descriptions.js';
import { CodeListResolver } from './graph/types/code-list.resolver.js';
import { RateLimitResolver } from './limits/rate-limit.resolver.js';
import { OrganisationMutations } from './organisation/organisation.mutations.js';
import { organisationReferences } from './organisation/organisation.references.js';
import {
  OrganisationCitations,
  OrganisationHistory,
  OrganisationResolver,
} from './organisation/organisation.resolver.js';
import { partnershipGroupResolvers } from './partnership/partnership.groups.js';
import { PartnershipMutations } from './partnership/partnership.mutations.js';
import { partnershipReferences } from './partnership/partnership.references.js';
import {
  AuthorityPartnerships,
  PartnershipCitations,
  PartnershipHistory,
  PartnershipResolver,
  StatusPeriodCitations,
} from './partnership/partnership.resolver.js';
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
import { SearchConnectionResolver, SearchEdgeResolver, SearchResolver } from './search/search.resolver.js';

/** The one list of resolvers, concept by concept. */
const resolvers = [
  NodeResolver,
  CodeListResolver,
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
  OrganisationResolver,
  OrganisationCitations,
  OrganisationProgrammes,
  SearchResolver,
  SearchEdgeResolver,
  SearchConnectionResolver,
  ChangeResolver,
  AuthorityHistory,
  PartnershipHistory,
  ProgrammeHistory,
  ExchangeHistory,
  OrganisationHistory,
  AuthorityMutations,
  PartnershipMutations,
  ProgrammeMutations,
  ProgrammeLinkMutations,
  ExchangeMutations,
  OrganisationMutations,
  ViewerResolver,
  RateLimitResolver,
] as const;

/** type-graphql asks for one; our subscription reads the change log instead, where nothing is lost. */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('Nothing is published: changes are written to the log.');
  },
  subscribe: () => {
    throw new Error('Nothing is published: subscriptions follow the log.');
  },
};

/** How other graphs refer to records, concept by concept. */
const references = [
  ...authorityReferences,
  ...partnershipReferences,
  ...programmeReferences,
  ...exchangeReferences,
  ...organisationReferences,
];

/**
 * Builds the executable schema from the decorated classes: a subgraph of Federation 2, served by itself.
 *
 * @param routerOnly Whether the two fields that routers ask answer only to a router that shows the secret.
 */
export async function createSchema(routerOnly = false): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [...resolvers],
    orphanedTypes: [DutchAuthority, ChineseAuthority],
    // It would ask the whole schema of itself. Whether it is valid is checked before the first operation all the same.
    skipCheck: true,
    validate: false,
    pubSub: noPubSub,
  });
  declareListSizes(schema, DEFAULT_PAGE_SIZE);
  publishScopes(schema);
  tagContracts(schema);
  return asSubgraph(describeRoots(bindDirectResolvers(schema)), { references, extensions: { routerOnly } });
}

/** The schema as `schema.graphql` holds it: what `_service` answers. */
export async function schemaText(): Promise<string> {
  return `# Printed from the code by \`npm run schema\`; change the code, not this file.\n\n${subgraphText(await createSchema())}`;
}
