import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import {
  authorityCountField,
  columnDimension,
  confidenceKeyField,
  provincesOfGroup,
  type SidedGroupRow,
  sidedAggregates,
  sidedDimensions,
  sidedSizes,
  startKeyFields,
  startSpanFields,
} from '../authority/sides.groups.js';
import type { Context } from '../context.js';
import { type GroupArgs, groupArgs } from '../graph/list/group-args.js';
import { groupRows, memberConnection } from '../graph/list/group-members.js';
import { ASSUMED_GROUPS, sizeOfGroups } from '../graph/list/group-size.js';
import { groupType } from '../graph/list/group-type.js';
import type { Grouping } from '../graph/list/grouping.js';
import { PageArgs } from '../graph/list/page.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { AssumedSize, SizeByArguments } from '../graph/schema/cost.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { enumSize } from '../graph/types/enum.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
// Imported for its order only: `schema.graphql` lists fields in the order in which their modules are loaded.
import '../partnership/partnership.groups.js';
import { Partnership } from '../partnership/partnership.js';
import { partnerships } from '../partnership/partnership.listing.js';
import { statusDimension } from '../partnership/status.js';
import { Programme } from '../programme/programme.js';
import { programmes } from '../programme/programme.listing.js';
import { ExchangeDimension } from './exchange.dimensions.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';
import { ExchangeFilter } from './exchange.filter.js';
import type { Exchange } from './exchange.js';
import { ExchangeConnection, exchanges } from './exchange.listing.js';

const grouping: Grouping<ExchangeDimension, Exchange> = {
  listing: exchanges,
  dimensions: {
    KIND: columnDimension('kind', 'kind'),
    SUBKIND: columnDimension('subkind', 'subkind'),
    STATUS: { ...columnDimension('status', 'status'), values: Object.values(ExchangeStatus) },
    PARTNERSHIP: columnDimension('partnership', 'partnership_id'),
    PARTNERSHIP_STATUS: {
      field: 'partnershipStatus',
      kind: 'text',
      key: (_, on) => statusDimension(sql`joined`, on),
      join: row => sql`left join partnership joined on joined.id = ${row}.partnership_id`,
    },
    PROGRAMME: columnDimension('programme', 'programme_id'),
    ...sidedDimensions,
  },
  sizes: {
    ...sidedSizes,
    KIND: enumSize(ExchangeKind),
    SUBKIND: enumSize(ExchangeSubkind) + 1,
    STATUS: enumSize(ExchangeStatus),
    PARTNERSHIP_STATUS: enumSize(PartnershipStatus) + 1,
  },
  aggregates: sidedAggregates,
};

const ExchangeGroup = groupType(
  'Exchange',
  'Exchanges with the same value in each dimension of `by`. The fields of other dimensions are null.',
  {
    kind: [() => ExchangeKind, 'Kind, if grouped by `KIND`.'],
    subkind: [() => ExchangeSubkind, 'Form or subject, if grouped by `SUBKIND`. Null also if unknown.'],
    status: [() => ExchangeStatus, 'How far the exchanges got, if grouped by `STATUS`.'],
    ...startKeyFields,
    partnershipStatus: [
      () => PartnershipStatus,
      "Status of the partnership, today's or that of the day of `on`, if grouped by `PARTNERSHIP_STATUS`. Null also if there is none.",
    ],
    ...confidenceKeyField,
    count: [() => Int, 'Number of exchanges in the group.', 'non-null'],
    ...authorityCountField,
    ...startSpanFields,
  },
);

type ExchangeGroupRow = SidedGroupRow<Exchange> & { partnership?: string | null; programme?: string | null };

const ExchangeGroupArgs = groupArgs<ExchangeDimension>(
  () => ExchangeDimension,
  () => ExchangeFilter,
  ExchangeDimension.PARTNERSHIP_STATUS,
);

const ExchangeGroupProvinces = provincesOfGroup(() => ExchangeGroup);

@Resolver(() => ExchangeGroup)
class ExchangeGroupResolver {
  @AssumedSize(ASSUMED_GROUPS, 'first')
  @SizeByArguments(sizeOfGroups(grouping.sizes))
  @Query(
    () => [ExchangeGroup],
    nullOnError(
      'Counts exchanges by up to three dimensions. Returns at most 1,000 groups; more than that is an error.',
    ),
  )
  exchangeGroups(
    @Args(() => ExchangeGroupArgs) args: GroupArgs<ExchangeDimension>,
    @Ctx() { em }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return groupRows(em, grouping, 'ExchangeGroup.exchanges', args, info);
  }

  @FieldResolver(() => Partnership, {
    nullable: true,
    description: 'Partnership, if grouped by `PARTNERSHIP`. Null also if there is none.',
  })
  partnership(@Root() { partnership }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, partnerships, partnership);
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'Programme, if grouped by `PROGRAMME`. Null also if there is none.',
  })
  programme(@Root() { programme }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, programmes, programme);
  }

  @FieldResolver(() => ExchangeConnection, { description: 'The exchanges in the group, oldest first.' })
  exchanges(@Root() group: ExchangeGroupRow, @Args(() => PageArgs) page: PageArgs, @Ctx() { em }: Context) {
    return memberConnection(em, group, page);
  }
}

export const exchangeGroupResolvers = [ExchangeGroupProvinces, ExchangeGroupResolver] as const;
