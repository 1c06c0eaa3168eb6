import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { rootConnection } from '../graph/list/root-list.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { TextField, type TextResolver } from '../graph/record/text-field.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { citationsField } from '../source/citation.js';
import { Organisation } from './organisation.js';
import { OrganisationConnection, OrganisationList, organisations } from './organisation.listing.js';

const OrganisationHistory = historyField(() => Organisation);
const OrganisationCitations = citationsField(() => Organisation, 'organisation_id');

@Resolver(() => Organisation)
class OrganisationResolver {
  @Query(() => Organisation, {
    nullable: true,
    description: 'Returns the organisation with this id. Null if there is none.',
  })
  organisation(
    @Arg('id', () => ID, { description: 'The id, such as org-vng-international.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, organisations, id, 'org');
  }

  @Query(() => OrganisationConnection, nullOnError('Returns organisations with a role in the partnerships.'))
  organisations(@Args(() => OrganisationList) args: OrganisationList, @Ctx() { em }: Context) {
    return rootConnection(em, organisations, 'Query.organisations', args);
  }

  @TextField('names', { description: 'The name in one language.' })
  readonly name!: TextResolver;

  @TextField('role', {
    nullable: true,
    description: 'The role in the partnerships, in one language. Null if unknown.',
  })
  readonly role!: TextResolver;

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The organisation that this one is part of. Null if there is none.',
  })
  parent(@Root() { parent }: Organisation, @Ctx() { em }: Context) {
    return resolveReference(em, organisations, parent);
  }
}

export const organisationResolvers = [OrganisationResolver, OrganisationCitations, OrganisationHistory] as const;
