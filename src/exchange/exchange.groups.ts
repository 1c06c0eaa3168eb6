import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { PROVINCES_TOLD } from '../authority/authority.enums.js';
import {
  authorityCountField,
  columnDimension,
  confidenceKeyField,
  provincesOfGroup,
  type SidedGroupRow,
  sidedAggregates,
  sidedDimensions,
  startKeyFields,
  startSpanFields,
} from '../authority/sides.groups.js';
import type { Context } from '../context.js';
import type { Grouping } from '../graph/list/group.js';
import { type GroupArgs, groupArgs } from '../graph/list/group-args.js';
import { groupRows, memberConnection } from '../graph/list/group-members.js';
import { groupType } from '../graph/list/group-type.js';
import { PageArgs } from '../graph/list/page.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { codeList } from '../graph/types/code-list.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
// Imported for its order: the fields of `Query` have the order in which their modules are loaded.
import '../partnership/partnership.groups.js';
import { Partnership } from '../partnership/partnership.js';
import { partnerships } from '../partnership/partnership.listing.js';
import { Programme } from '../programme/programme.js';
import { programmes } from '../programme/programme.listing.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';
import { ExchangeFilter } from './exchange.filter.js';
import type { Exchange } from './exchange.js';
import { ExchangeConnection, exchanges } from './exchange.listing.js';

enum ExchangeDimension {
  KIND = 'KIND',
  SUBKIND = 'SUBKIND',
  STATUS = 'STATUS',
  STARTED_YEAR = 'STARTED_YEAR',
  STARTED_DECADE = 'STARTED_DECADE',
  DUTCH_PROVINCE = 'DUTCH_PROVINCE',
  CHINESE_PROVINCE = 'CHINESE_PROVINCE',
  PARTNERSHIP = 'PARTNERSHIP',
  PARTNERSHIP_STATUS = 'PARTNERSHIP_STATUS',
  PROGRAMME = 'PROGRAMME',
  CONFIDENCE = 'CONFIDENCE',
}
codeList('ExchangeDimension', ExchangeDimension, 'What exchanges can be grouped by.', {
  KIND: ['The kind.', 'Soort', 'Kind', '类型'],
  SUBKIND: ['What it is, more exactly.', 'Nadere soort', 'Subkind', '细分类型'],
  STATUS: ['How far it came.', 'Status', 'Status', '状态'],
  STARTED_YEAR: ['The year it was held or began.', 'Beginjaar', 'Year of start', '开始年份'],
  STARTED_DECADE: [
    'The ten years it was held or began in: 1990 for 1990–1999.',
    'Begindecennium',
    'Decade of start',
    '开始年代',
  ],
  ...PROVINCES_TOLD,
  PARTNERSHIP: ['The tie it was held under.', 'Band', 'Partnership', '友好关系'],
  PARTNERSHIP_STATUS: [
    "Today's status of the tie it was held under.",
    'Status van de band',
    'Status of the partnership',
    '友好关系状态',
  ],
  PROGRAMME: ['The programme it was part of.', 'Programma', 'Programme', '项目'],
  CONFIDENCE: ['How well it is evidenced.', 'Betrouwbaarheid', 'Confidence', '可信度'],
});

const grouping: Grouping<ExchangeDimension, Exchange> = {
  listing: exchanges,
  dimensions: {
    KIND: columnDimension('kind', 'kind'),
    SUBKIND: columnDimension('subkind', 'subkind'),
    STATUS: columnDimension('status', 'status'),
    PARTNERSHIP: columnDimension('partnership', 'partnership_id'),
    PARTNERSHIP_STATUS: {
      field: 'partnershipStatus',
      kind: 'text',
      key: () => sql`tie.status`,
      join: row => sql`left join partnership tie on tie.id = ${row}.partnership_id`,
    },
    PROGRAMME: columnDimension('programme', 'programme_id'),
    ...sidedDimensions,
  },
  aggregates: sidedAggregates,
};

const ExchangeGroup = groupType(
  'Exchange',
  'Exchanges that are alike in what they were grouped by; keys not grouped by are null.',
  {
    kind: [() => ExchangeKind, 'The kind.'],
    subkind: [() => ExchangeSubkind, 'What they are, more exactly; null also when that is unknown.'],
    status: [() => ExchangeStatus, 'How far they came.'],
    ...startKeyFields,
    partnershipStatus: [() => PartnershipStatus, "Today's status of the tie; null also when held under none."],
    ...confidenceKeyField,
    count: [() => Int, 'How many exchanges.', 'non-null'],
    ...authorityCountField,
    ...startSpanFields,
  },
);

type ExchangeGroupRow = SidedGroupRow<Exchange> & { partnership?: string | null; programme?: string | null };

const ExchangeGroupArgs = groupArgs<ExchangeDimension>(
  () => ExchangeDimension,
  () => ExchangeFilter,
);

const ExchangeGroupProvinces = provincesOfGroup(() => ExchangeGroup);

@Resolver(() => ExchangeGroup)
class ExchangeGroupResolver {
  @AssumedSize(50)
  @Query(() => [ExchangeGroup], { description: 'Counts exchanges by up to three dimensions: at most 1,000 groups.' })
  exchangeGroups(
    @Args(() => ExchangeGroupArgs) args: GroupArgs<ExchangeDimension>,
    @Ctx() { em }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return groupRows(em, grouping, 'ExchangeGroup.exchanges', args, info);
  }

  @FieldResolver(() => Partnership, { nullable: true, description: 'The tie they were held under.' })
  partnership(@Root() { partnership }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, partnerships, partnership);
  }

  @FieldResolver(() => Programme, { nullable: true, description: 'The programme they were part of.' })
  programme(@Root() { programme }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, programmes, programme);
  }

  @FieldResolver(() => ExchangeConnection, { description: 'The exchanges of the group, oldest first.' })
  exchanges(@Root() group: ExchangeGroupRow, @Args(() => PageArgs) page: PageArgs, @Ctx() { em }: Context) {
    return memberConnection(em, group, page);
  }
}

export const exchangeGroupResolvers = [ExchangeGroupProvinces, ExchangeGroupResolver] as const;
