import 'reflect-metadata';
import { type GraphQLSchema, printSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from './authority/authority.js';
import { AuthorityCitations, AuthorityResolver, ChineseAuthorityResolver } from './authority/authority.resolver.js';
import { ExchangeGroupResolver } from './exchange/exchange.groups.js';
import {
  AuthorityExchanges,
  ExchangeCitations,
  ExchangeResolver,
  PartnershipExchanges,
  ProgrammeExchanges,
} from './exchange/exchange.resolver.js';
import { NodeResolver } from './graph/node.resolver.js';
import { OrganisationCitations, OrganisationResolver } from './organisation/organisation.resolver.js';
import { PartnershipGroupResolver } from './partnership/partnership.groups.js';
import {
  AuthorityPartnerships,
  PartnershipCitations,
  PartnershipResolver,
  StatusPeriodCitations,
} from './partnership/partnership.resolver.js';
import {
  OrganisationProgrammes,
  PartnershipProgrammes,
  ProgrammeCitations,
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
] as const;

/** Builds the executable schema from the decorated classes. */
export function createSchema(): Promise<GraphQLSchema> {
  return buildSchema({ resolvers: [...resolvers], orphanedTypes: [DutchAuthority, ChineseAuthority], validate: false });
}

/** The schema as `schema.graphql` holds it. */
export async function schemaText(): Promise<string> {
  return `# Printed from the code by \`npm run schema\`; change the code, not this file.\n\n${printSchema(await createSchema())}\n`;
}
