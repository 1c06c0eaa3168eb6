import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AuthorityConnection, AuthorityList, authorities } from '../authority/authority.listing.js';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { EagerListField } from '../graph/list/eager-list.js';
import { childConnection } from '../graph/list/nested-list.js';
import type { ListRelation } from '../graph/list/relation.js';
import { type ListDefinition, rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { nodeByIdOfType, registerNode } from '../graph/record/node.js';
import { InLanguage, nameIn } from '../graph/types/names.js';
import { Organisation } from '../organisation/organisation.js';
import { OrganisationConnection, OrganisationList, organisations } from '../organisation/organisation.listing.js';
import { Partnership } from '../partnership/partnership.js';
import { PartnershipConnection, PartnershipList, partnerships } from '../partnership/partnership.listing.js';
import { citationsField } from '../source/citation.js';
import { type Participant, takesPart } from './programme.filter.js';
import { Programme } from './programme.js';
import { ProgrammeConnection, ProgrammeList, programmes } from './programme.listing.js';

registerNode('prog', 'Programme', programmes);

/** The records of one kind that take part in a programme. */
const participantsOf = <Row extends object>(
  participant: Participant,
  list: ListDefinition<Row>,
): ListRelation<Row> => ({
  name: `Programme.${participant}`,
  list,
  on: (row, [programme]) => takesPart(participant)(sql`${programme}`, sql`${row}.id`),
});

/** The programmes that a record of one kind takes part in. */
const programmesOf = (participant: Participant): ListRelation<Programme> => ({
  name: `${participant}.programmes`,
  list: programmes,
  on: (row, [its]) => takesPart(participant)(sql`${row}.id`, sql`${its}`),
});

const organisationsOfProgramme = participantsOf('organisation', organisations);
const authoritiesOfProgramme = participantsOf('authority', authorities);
const partnershipsOfProgramme = participantsOf('partnership', partnerships);
const programmesOfPartnership = programmesOf('partnership');
const programmesOfOrganisation = programmesOf('organisation');

export const ProgrammeHistory = historyField(() => Programme);
export const ProgrammeCitations = citationsField(() => Programme, 'programme_id');

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => Programme, { nullable: true, description: 'One programme by its id.' })
  programme(
    @Arg('id', () => ID, { description: 'Its id, such as prog-vngi-iurc-china.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, programmes, id, 'prog');
  }

  @Query(() => ProgrammeConnection, { description: 'The programmes of cooperation.' })
  programmes(@Args(() => ProgrammeList) args: ProgrammeList, @Ctx() { em }: Context) {
    return rootConnection(em, programmes, 'Query.programmes', args);
  }

  @RequiresColumns('names')
  @FieldResolver(() => String, { description: 'Its name in one language.' })
  name(@Root() { names }: Programme, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(names, language);
  }

  @EagerListField(organisationsOfProgramme)
  @FieldResolver(() => OrganisationConnection, { description: 'The organisations that take part in it.' })
  organisations(
    @Root() programme: Programme,
    @Args(() => OrganisationList) args: OrganisationList,
    @Ctx() { em }: Context,
  ) {
    return childConnection(em, organisationsOfProgramme, programme, args);
  }

  @EagerListField(authoritiesOfProgramme)
  @FieldResolver(() => AuthorityConnection, { description: 'The authorities that take part in it.' })
  authorities(@Root() programme: Programme, @Args(() => AuthorityList) args: AuthorityList, @Ctx() { em }: Context) {
    return childConnection(em, authoritiesOfProgramme, programme, args);
  }

  @EagerListField(partnershipsOfProgramme)
  @FieldResolver(() => PartnershipConnection, { description: 'The partnerships it carries.' })
  partnerships(
    @Root() programme: Programme,
    @Args(() => PartnershipList) args: PartnershipList,
    @Ctx() { em }: Context,
  ) {
    return childConnection(em, partnershipsOfProgramme, programme, args);
  }
}

/** What programmes add to a partnership. */
@Resolver(() => Partnership)
export class PartnershipProgrammes {
  @EagerListField(programmesOfPartnership)
  @FieldResolver(() => ProgrammeConnection, { description: 'The programmes that carry it.' })
  programmes(@Root() partnership: Partnership, @Args(() => ProgrammeList) args: ProgrammeList, @Ctx() { em }: Context) {
    return childConnection(em, programmesOfPartnership, partnership, args);
  }
}

/** What programmes add to an organisation. */
@Resolver(() => Organisation)
export class OrganisationProgrammes {
  @EagerListField(programmesOfOrganisation)
  @FieldResolver(() => ProgrammeConnection, { description: 'The programmes it takes part in.' })
  programmes(
    @Root() organisation: Organisation,
    @Args(() => ProgrammeList) args: ProgrammeList,
    @Ctx() { em }: Context,
  ) {
    return childConnection(em, programmesOfOrganisation, organisation, args);
  }
}
