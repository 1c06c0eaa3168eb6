import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Authority, ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { authorities } from '../authority/authority.listing.js';
import { hasSide } from '../authority/sides.js';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import { PageArgs } from '../graph/list/page.js';
import type { ListRelation } from '../graph/list/relation.js';
import { rootConnection } from '../graph/list/root-list.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { citationsField } from '../source/citation.js';
import { isNestedIn } from './nesting.js';
import { PartnershipStatus } from './partnership.enums.js';
import { Partnership } from './partnership.js';
import { PartnershipConnection, PartnershipList, partnerships } from './partnership.listing.js';
import { outerPartnershipById, periodsByPartnership, statusOnDate } from './partnership.loaders.js';
import { StatusPeriod } from './status-period.js';

const nestedInPartnership: ListRelation<Partnership> = {
  name: 'Partnership.nested',
  list: partnerships,
  on: (row, [parent]) =>
    sql`exists (select 1 from partnership outer_tie where outer_tie.id = ${parent} and ${isNestedIn(row, sql`outer_tie`)})`,
};

const partnershipsOfAuthority: ListRelation<Partnership> = {
  name: 'Authority.partnerships',
  list: partnerships,
  on: (row, [parent], _, type) => hasSide(row, sql`${parent}`, type),
};

@Resolver(() => Partnership)
export class PartnershipResolver {
  @Query(() => Partnership, {
    nullable: true,
    description: 'Returns the partnership with this id. Null if there is none.',
  })
  partnership(
    @Arg('id', () => ID, { description: 'The id, such as tie-rotterdam-shanghai.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, partnerships, id, 'tie');
  }

  @Query(() => PartnershipConnection, nullOnError('Returns partnerships between Dutch and Chinese authorities.'))
  partnerships(@Args(() => PartnershipList) args: PartnershipList, @Ctx() { em }: Context) {
    return rootConnection(em, partnerships, 'Query.partnerships', args);
  }

  @FieldResolver(() => DutchAuthority, { description: 'The Dutch authority.' })
  dutch(@Root() { dutch }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, dutch);
  }

  @FieldResolver(() => ChineseAuthority, { description: 'The Chinese authority.' })
  chinese(@Root() { chinese }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, chinese);
  }

  @FieldResolver(() => PartnershipStatus, { description: 'The status today, or on another day.' })
  status(
    @Root() { id, status }: Partnership,
    @Arg('on', () => PartialDate, {
      nullable: true,
      description: 'The day; a year or a month means its first day. Default: today.',
    })
    on: string | null,
    @Ctx() { em }: Context,
  ) {
    return on == null ? status : statusOnDate(em, on, id);
  }

  @AssumedSize(5)
  @FieldResolver(() => [StatusPeriod], {
    description: 'The status over time, oldest first. Times without evidence of a status are left out.',
  })
  statusPeriods(@Root() { id }: Partnership, @Ctx() { em }: Context) {
    return periodsByPartnership(em).load(id);
  }

  @FieldResolver(() => Partnership, {
    nullable: true,
    description: 'The provincial partnership that prompted this one. Null if none did, or if unknown.',
  })
  encouragedBy(@Root() { encouragedBy }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, partnerships, encouragedBy);
  }

  @FieldResolver(() => Partnership, {
    nullable: true,
    description:
      'The partnership of the two provinces in which the two sides lie, such as Noord-Brabant–Jiangsu for Eindhoven–Nanjing. Null if there is none.',
  })
  nestedIn(@Root() { id }: Partnership, @Ctx() { em }: Context) {
    return outerPartnershipById(em).load(id);
  }

  @ListField(nestedInPartnership, () => PageArgs, {
    description:
      'The partnerships within the two provinces of this provincial partnership, oldest first. Empty for other partnerships.',
  })
  readonly nested!: ListResolver<Partnership>;
}

/** Extends Authority with a list of partnerships, so that `authority/` does not import this folder. */
@Resolver(() => Authority)
export class AuthorityPartnerships {
  @ListField(partnershipsOfAuthority, () => PartnershipList, {
    description: 'The partnerships with authorities of the other country.',
  })
  readonly partnerships!: ListResolver<Partnership>;
}

export const PartnershipHistory = historyField(() => Partnership);
export const PartnershipCitations = citationsField(() => Partnership, 'partnership_id', 10);
export const StatusPeriodCitations = citationsField(() => StatusPeriod, 'status_period_id', 8);
