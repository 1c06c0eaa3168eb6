import sql from 'sql-template-tag';
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Authority } from '../authority/authority.js';
import { AuthorityList, authorities } from '../authority/authority.listing.js';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import type { ListRelation } from '../graph/list/relation.js';
import { rootConnection } from '../graph/list/root-list.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { TextField, type TextResolver } from '../graph/record/text-field.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { Organisation } from '../organisation/organisation.js';
import { OrganisationList, organisations } from '../organisation/organisation.listing.js';
import { Partnership } from '../partnership/partnership.js';
import { PartnershipList, partnerships } from '../partnership/partnership.listing.js';
import { citationsField } from '../source/citation.js';
import { type Participant, takesPart } from './programme.filter.js';
import { Programme } from './programme.js';
import { ProgrammeConnection, ProgrammeList, programmes } from './programme.listing.js';

/** List relation: the records of one type that are linked to a programme. */
const participantsOf = <Row extends object>(
  participant: Participant,
  list: ListDefinition<Row>,
): ListRelation<Row> => ({
  name: `Programme.${participant}`,
  list,
  on: (row, [programme]) => takesPart(participant)(sql`${programme}`, sql`${row}.id`),
});

/** List relation: the programmes that a record of one type is linked to. */
const programmesOf = (participant: Participant): ListRelation<Programme> => ({
  name: `${participant}.programmes`,
  list: programmes,
  on: (row, [id]) => takesPart(participant)(sql`${row}.id`, sql`${id}`),
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
  @Query(() => Programme, { nullable: true, description: 'Returns the programme with this id. Null if there is none.' })
  programme(
    @Arg('id', () => ID, { description: 'The id, such as prog-vngi-iurc-china.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, programmes, id, 'prog');
  }

  @Query(() => ProgrammeConnection, nullOnError('Returns cooperation programmes.'))
  programmes(@Args(() => ProgrammeList) args: ProgrammeList, @Ctx() { em }: Context) {
    return rootConnection(em, programmes, 'Query.programmes', args);
  }

  @TextField('names', { description: 'The name in one language.' })
  readonly name!: TextResolver;

  @ListField(organisationsOfProgramme, () => OrganisationList, {
    description: 'The organisations that take part in the programme.',
  })
  readonly organisations!: ListResolver<Organisation>;

  @ListField(authoritiesOfProgramme, () => AuthorityList, {
    description: 'The authorities that take part in the programme.',
  })
  readonly authorities!: ListResolver<Authority>;

  @ListField(partnershipsOfProgramme, () => PartnershipList, {
    description: 'The partnerships linked to the programme.',
  })
  readonly partnerships!: ListResolver<Partnership>;
}

/** Extends Partnership with a list of programmes. */
@Resolver(() => Partnership)
export class PartnershipProgrammes {
  @ListField(programmesOfPartnership, () => ProgrammeList, { description: 'The programmes linked to the partnership.' })
  readonly programmes!: ListResolver<Programme>;
}

/** Extends Organisation with a list of programmes. */
@Resolver(() => Organisation)
export class OrganisationProgrammes {
  @ListField(programmesOfOrganisation, () => ProgrammeList, {
    description: 'The programmes that the organisation takes part in.',
  })
  readonly programmes!: ListResolver<Programme>;
}
