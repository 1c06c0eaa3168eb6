import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, type PubSub } from 'type-graphql';
import { ViewerResolver } from './access/viewer.resolver.js';
import { ChineseAuthority, DutchAuthority } from './authority/authority.js';
import { AuthorityMutations } from './authority/authority.mutations.js';
import {
  AuthorityCitations,
  AuthorityHistory,
  AuthorityResolver,
  ChineseAuthorityResolver,
} from './authority/authority.resolver.js';
import { ChangeResolver } from './change/change.resolver.js';
import { ExchangeGroupResolver } from './exchange/exchange.groups.js';
import { ExchangeMutations } from './exchange/exchange.mutations.js';
import {
  AuthorityExchanges,
  ExchangeCitations,
  ExchangeHistory,
  ExchangeResolver,
  PartnershipExchanges,
  ProgrammeExchanges,
} from './exchange/exchange.resolver.js';
import { printWithDirectives } from './federation/print.js';
import { declareListSizes } from './graph/cost.js';
import { resolveDirectly } from './graph/direct-resolvers.js';
import { NodeResolver } from './graph/node.resolver.js';
import { DEFAULT_SIZE } from './graph/page.js';
import { RateLimitResolver } from './limits/rate.resolver.js';
import { OrganisationMutations } from './organisation/organisation.mutations.js';
import {
  OrganisationCitations,
  OrganisationHistory,
  OrganisationResolver,
} from './organisation/organisation.resolver.js';
import { PartnershipGroupResolver } from './partnership/partnership.groups.js';
import { PartnershipMutations } from './partnership/partnership.mutations.js';
import {
  AuthorityPartnerships,
  PartnershipCitations,
  PartnershipHistory,
  PartnershipResolver,
  StatusPeriodCitations,
} from './partnership/partnership.resolver.js';
import { ProgrammeLinkMutations } from './programme/programme.links.js';
import { ProgrammeMutations } from './programme/programme.mutations.js';
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
  PartnershipGroupResolver,
  ProgrammeResolver,
  ProgrammeCitations,
  ProgrammeExchanges,
  ExchangeResolver,
  ExchangeCitations,
  ExchangeGroupResolver,
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

/** Builds the executable schema from the decorated classes. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [...resolvers],
    orphanedTypes: [DutchAuthority, ChineseAuthority],
    validate: false,
    pubSub: noPubSub,
  });
  declareListSizes(schema, DEFAULT_SIZE);
  return resolveDirectly(schema);
}

/** The schema as `schema.graphql` holds it. */
export async function schemaText(): Promise<string> {
  return `# Printed from the code by \`npm run schema\`; change the code, not this file.\n\n${printWithDirectives(await createSchema())}\n`;
}
