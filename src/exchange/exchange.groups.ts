import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Args, Ctx, Field, FieldResolver, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { PROVINCES_TOLD } from '../authority/authority.enums.js';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { authorities } from '../authority/authority.listing.js';
import type { Context } from '../context.js';
import { type Grouping, groupMembers, groups } from '../graph/list/group.js';
import { type GroupArgs, groupArgs } from '../graph/list/group-args.js';
import { childConnection } from '../graph/list/nested-list.js';
import { PageArgs } from '../graph/list/page.js';
import { selectedFields } from '../graph/list/selected-fields.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { AssumedSize, Cost } from '../graph/schema/cost.js';
import { codeList } from '../graph/types/code-list.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import {
  columnDimension,
  type GroupRow,
  sideDimensions,
  startDimensions,
  startSpan,
} from '../partnership/partnership.groups.js';
import { Partnership } from '../partnership/partnership.js';
import { partnerships } from '../partnership/partnership.listing.js';
import { Programme } from '../programme/programme.js';
import { programmes } from '../programme/programme.listing.js';
import { Confidence } from '../source/confidence.js';
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
    STARTED_YEAR: startDimensions.year,
    STARTED_DECADE: startDimensions.decade,
    DUTCH_PROVINCE: sideDimensions('dutch').province,
    CHINESE_PROVINCE: sideDimensions('chinese').province,
    PARTNERSHIP: columnDimension('partnership', 'partnership_id'),
    PARTNERSHIP_STATUS: {
      field: 'partnershipStatus',
      kind: 'text',
      key: () => sql`tie.status`,
      join: row => sql`left join partnership tie on tie.id = ${row}.partnership_id`,
    },
    PROGRAMME: columnDimension('programme', 'programme_id'),
    CONFIDENCE: columnDimension('confidence', 'confidence'),
  },
  aggregates: {
    authorityCount: row => sql`(count(distinct ${row}.dutch_id) + count(distinct ${row}.chinese_id))::int`,
    ...startSpan,
  },
};

const key = { nullable: true } as const;

@Cost(2)
@ObjectType({ description: 'Exchanges that are alike in what they were grouped by; keys not grouped by are null.' })
export class ExchangeGroup {
  @Field(() => ExchangeKind, { ...key, description: 'The kind.' })
  kind?: ExchangeKind;
  @Field(() => ExchangeSubkind, { ...key, description: 'What they are, more exactly; null also when that is unknown.' })
  subkind?: ExchangeSubkind;
  @Field(() => ExchangeStatus, { ...key, description: 'How far they came.' })
  status?: ExchangeStatus;
  @Field(() => Int, { ...key, description: 'The year of the start; null also when that is unknown.' })
  startedYear?: number;
  @Field(() => Int, {
    ...key,
    description: 'The first year of the ten that the start is in; null also when that is unknown.',
  })
  startedDecade?: number;
  @Field(() => PartnershipStatus, { ...key, description: "Today's status of the tie; null also when held under none." })
  partnershipStatus?: PartnershipStatus;
  @Field(() => Confidence, { ...key, description: 'How well they are evidenced.' })
  confidence?: Confidence;
  @Field(() => Int, { description: 'How many exchanges.' })
  count!: number;
  @Field(() => Int, { description: 'How many different authorities on both sides.' })
  authorityCount!: number;
  @Field(() => PartialDate, { ...key, description: 'The earliest start; null when none is known.' })
  firstStartedOn?: string;
  @Field(() => PartialDate, { ...key, description: 'The latest start; null when none is known.' })
  lastStartedOn?: string;
}

type ExchangeGroupRow = GroupRow<Exchange> & { partnership?: string | null; programme?: string | null };

const ExchangeGroupArgs = groupArgs<ExchangeDimension>(
  () => ExchangeDimension,
  () => ExchangeFilter,
);

@Resolver(() => ExchangeGroup)
export class ExchangeGroupResolver {
  @AssumedSize(50)
  @Query(() => [ExchangeGroup], { description: 'Counts exchanges by up to three dimensions: at most 1,000 groups.' })
  async exchangeGroups(
    @Args(() => ExchangeGroupArgs) request: GroupArgs<ExchangeDimension>,
    @Ctx() { em }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const found = await groups(em, grouping, request, selectedFields(info));
    const rows = groupMembers(grouping, 'ExchangeGroup.exchanges', request);
    return found.map(group => Object.assign(group, { rows }));
  }

  @FieldResolver(() => DutchAuthority, { nullable: true, description: 'The province of the Dutch side.' })
  dutchProvince(@Root() { dutchProvince }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, dutchProvince);
  }

  @FieldResolver(() => ChineseAuthority, {
    nullable: true,
    description: 'The province, or its equal, of the Chinese side.',
  })
  chineseProvince(@Root() { chineseProvince }: ExchangeGroupRow, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, chineseProvince);
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
  exchanges(@Root() { keys, rows }: ExchangeGroupRow, @Args(() => PageArgs) page: PageArgs, @Ctx() { em }: Context) {
    return childConnection(em, rows.relation, keys, page, rows.restriction);
  }
}
