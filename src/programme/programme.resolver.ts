import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AuthorityConnection, AuthorityList, authorities } from '../authority/authority.listing.js';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { ReadsList } from '../graph/list-ahead.js';
import { type Listing, list } from '../graph/listing.js';
import { InLanguage, nameIn } from '../graph/names.js';
import { listEach } from '../graph/nested-list.js';
import { byTypedId, registerNode } from '../graph/node.js';
import { Reads } from '../graph/reads.js';
import type { Relation } from '../graph/relation.js';
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
const participantsOf = <Row extends object>(participant: Participant, listing: Listing<Row>): Relation<Row> => ({
  name: `Programme.${participant}`,
  listing,
  on: (row, [programme]) => takesPart(participant)(sql`${programme}`, sql`${row}.id`),
});

/** The programmes that a record of one kind takes part in. */
const programmesOf = (participant: Participant): Relation<Programme> => ({
  name: `${participant}.programmes`,
  listing: programmes,
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
    return byTypedId(em, programmes, id, 'prog');
  }

  @Query(() => ProgrammeConnection, { description: 'The programmes of cooperation.' })
  programmes(@Args(() => ProgrammeList) args: ProgrammeList, @Ctx() { em }: Context) {
    return list(em, programmes, 'Query.programmes', args);
  }

  @Reads('names')
  @FieldResolver(() => String, { description: 'Its name in one language.' })
  name(@Root() { names }: Programme, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(names, language);
  }

  @ReadsList(organisationsOfProgramme)
  @FieldResolver(() => OrganisationConnection, { description: 'The organisations that take part in it.' })
  organisations(
    @Root() programme: Programme,
    @Args(() => OrganisationList) args: OrganisationList,
    @Ctx() { em }: Context,
  ) {
    return listEach(em, organisationsOfProgramme, programme, args);
  }

  @ReadsList(authoritiesOfProgramme)
  @FieldResolver(() => AuthorityConnection, { description: 'The authorities that take part in it.' })
  authorities(@Root() programme: Programme, @Args(() => AuthorityList) args: AuthorityList, @Ctx() { em }: Context) {
    return listEach(em, authoritiesOfProgramme, programme, args);
  }

  @ReadsList(partnershipsOfProgramme)
  @FieldResolver(() => PartnershipConnection, { description: 'The partnerships it carries.' })
  partnerships(
    @Root() programme: Programme,
    @Args(() => PartnershipList) args: PartnershipList,
    @Ctx() { em }: Context,
  ) {
    return listEach(em, partnershipsOfProgramme, programme, args);
  }
}

/** What programmes add to a partnership. */
@Resolver(() => Partnership)
export class PartnershipProgrammes {
  @ReadsList(programmesOfPartnership)
  @FieldResolver(() => ProgrammeConnection, { description: 'The programmes that carry it.' })
  programmes(@Root() partnership: Partnership, @Args(() => ProgrammeList) args: ProgrammeList, @Ctx() { em }: Context) {
    return listEach(em, programmesOfPartnership, partnership, args);
  }
}

/** What programmes add to an organisation. */
@Resolver(() => Organisation)
export class OrganisationProgrammes {
  @ReadsList(programmesOfOrganisation)
  @FieldResolver(() => ProgrammeConnection, { description: 'The programmes it takes part in.' })
  programmes(
    @Root() organisation: Organisation,
    @Args(() => ProgrammeList) args: ProgrammeList,
    @Ctx() { em }: Context,
  ) {
    return listEach(em, programmesOfOrganisation, organisation, args);
  }
}
