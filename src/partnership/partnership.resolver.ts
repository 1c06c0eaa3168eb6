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
import { PartialDate } from '../graph/types/partial-date.js';
import { citationsField } from '../source/citation.js';
import { isNestedIn } from './nesting.js';
import { PartnershipStatus } from './partnership.enums.js';
import { Partnership } from './partnership.js';
import { PartnershipConnection, PartnershipList, partnerships } from './partnership.listing.js';
import { outerTieByPartnership, periodsByPartnership, statusOnDay } from './partnership.loaders.js';
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
  @Query(() => Partnership, { nullable: true, description: 'One partnership by its id.' })
  partnership(
    @Arg('id', () => ID, { description: 'Its id, such as tie-rotterdam-shanghai.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, partnerships, id, 'tie');
  }

  @Query(() => PartnershipConnection, { description: 'The partnerships between Dutch and Chinese authorities.' })
  partnerships(@Args(() => PartnershipList) args: PartnershipList, @Ctx() { em }: Context) {
    return rootConnection(em, partnerships, 'Query.partnerships', args);
  }

  @FieldResolver(() => DutchAuthority, { description: 'The Dutch side.' })
  dutch(@Root() { dutch }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, dutch);
  }

  @FieldResolver(() => ChineseAuthority, { description: 'The Chinese side.' })
  chinese(@Root() { chinese }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, chinese);
  }

  @FieldResolver(() => PartnershipStatus, { description: "Today's status, or the one that held on a day." })
  status(
    @Root() { id, status }: Partnership,
    @Arg('on', () => PartialDate, { nullable: true, description: 'The day; of a year or a month, its first.' }) on:
      | string
      | null,
    @Ctx() { em }: Context,
  ) {
    return on == null ? status : statusOnDay(em, on).load(id);
  }

  @AssumedSize(5)
  @FieldResolver(() => [StatusPeriod], {
    description: 'Its status over time, oldest first, never overlapping; nothing where nobody evidenced a state.',
  })
  statusPeriods(@Root() { id }: Partnership, @Ctx() { em }: Context) {
    return periodsByPartnership(em).load(id);
  }

  @FieldResolver(() => Partnership, { nullable: true, description: 'The provincial tie that prompted it.' })
  encouragedBy(@Root() { encouragedBy }: Partnership, @Ctx() { em }: Context) {
    return resolveReference(em, partnerships, encouragedBy);
  }

  @FieldResolver(() => Partnership, {
    nullable: true,
    description:
      'The provincial tie whose two provinces hold both its ends: Eindhoven–Nanjing lies in Noord-Brabant–Jiangsu.',
  })
  nestedIn(@Root() { id }: Partnership, @Ctx() { em }: Context) {
    return outerTieByPartnership(em).load(id);
  }

  @ListField(nestedInPartnership, () => PageArgs, {
    description: 'The ties that lie in this provincial tie, oldest first.',
  })
  readonly nested!: ListResolver<Partnership>;
}

/** What partnerships add to an authority; the authority itself knows nothing of them. */
@Resolver(() => Authority)
export class AuthorityPartnerships {
  @ListField(partnershipsOfAuthority, () => PartnershipList, {
    description: 'Its ties with authorities of the other country.',
  })
  readonly partnerships!: ListResolver<Partnership>;
}

export const PartnershipHistory = historyField(() => Partnership);
export const PartnershipCitations = citationsField(() => Partnership, 'partnership_id');
export const StatusPeriodCitations = citationsField(() => StatusPeriod, 'status_period_id');
