import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { InLanguage, inLanguage, nameIn } from '../graph/types/names.js';
import { citationsField } from '../source/citation.js';
import { Organisation } from './organisation.js';
import { OrganisationConnection, OrganisationList, organisations } from './organisation.listing.js';

export const OrganisationHistory = historyField(() => Organisation);
export const OrganisationCitations = citationsField(() => Organisation, 'organisation_id');

@Resolver(() => Organisation)
export class OrganisationResolver {
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

  @RequiresColumns('names')
  @FieldResolver(() => String, { description: 'The name in one language.' })
  name(@Root() { names }: Organisation, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(names, language);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The role in the partnerships, in one language. Null if unknown.',
  })
  role(@Root() { role }: Organisation, @Args(() => InLanguage) { language }: InLanguage): string | null {
    return inLanguage(role, language);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The organisation that this one is part of. Null if there is none.',
  })
  parent(@Root() { parent }: Organisation, @Ctx() { em }: Context) {
    return resolveReference(em, organisations, parent);
  }
}
