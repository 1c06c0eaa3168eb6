import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { ChineseAuthorityLevel, DutchAuthorityLevel, PROVINCE_DIMENSION_LABELS } from '../authority/authority.enums.js';
import {
  authorityCountField,
  columnDimension,
  confidenceKeyField,
  provincesOfGroup,
  type SidedGroupRow,
  sideDimensions,
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
import { AssumedSize, SizeByArguments } from '../graph/schema/cost.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { codeList } from '../graph/types/code-list.js';
import { enumSize } from '../graph/types/enum.js';
import { PartnershipKind, PartnershipOrigin, PartnershipStatus, Theme } from './partnership.enums.js';
import { PartnershipFilter } from './partnership.filter.js';
import type { Partnership } from './partnership.js';
import { PartnershipConnection, partnerships } from './partnership.listing.js';
import { statusDimension } from './status.js';

enum PartnershipDimension {
  STATUS = 'STATUS',
  KIND = 'KIND',
  ORIGIN = 'ORIGIN',
  STARTED_YEAR = 'STARTED_YEAR',
  STARTED_DECADE = 'STARTED_DECADE',
  DUTCH_PROVINCE = 'DUTCH_PROVINCE',
  CHINESE_PROVINCE = 'CHINESE_PROVINCE',
  DUTCH_LEVEL = 'DUTCH_LEVEL',
  CHINESE_LEVEL = 'CHINESE_LEVEL',
  THEME = 'THEME',
  CONFIDENCE = 'CONFIDENCE',
}
codeList('PartnershipDimension', PartnershipDimension, 'Dimensions by which partnerships can be grouped.', {
  STATUS: ['By status today, or on the day of `on`.', 'Status', 'Status', '状态'],
  KIND: ['By form.', 'Vorm', 'Form', '形式'],
  ORIGIN: ['By who took the initiative.', 'Aanleiding', 'Origin', '起因'],
  STARTED_YEAR: ['By year of the start date.', 'Beginjaar', 'Year of start', '开始年份'],
  STARTED_DECADE: [
    'By decade of the start date: 1990 means 1990–1999.',
    'Begindecennium',
    'Decade of start',
    '开始年代',
  ],
  ...PROVINCE_DIMENSION_LABELS,
  DUTCH_LEVEL: ['By level of the Dutch side.', 'Soort Nederlandse overheid', 'Kind of Dutch authority', '荷方政府级别'],
  CHINESE_LEVEL: [
    'By level of the Chinese side.',
    'Soort Chinese overheid',
    'Kind of Chinese authority',
    '中方政府级别',
  ],
  THEME: ['By theme. A partnership counts once in the group of each of its themes.', 'Thema', 'Theme', '主题'],
  CONFIDENCE: ['By how well the record is supported by sources.', 'Betrouwbaarheid', 'Confidence', '可信度'],
});

const grouping: Grouping<PartnershipDimension, Partnership> = {
  listing: partnerships,
  dimensions: {
    STATUS: { field: 'status', kind: 'text', key: statusDimension, values: Object.values(PartnershipStatus) },
    KIND: columnDimension('kind', 'kind'),
    ORIGIN: columnDimension('origin', 'origin'),
    DUTCH_LEVEL: sideDimensions('dutch').level,
    CHINESE_LEVEL: sideDimensions('chinese').level,
    THEME: {
      field: 'theme',
      kind: 'text',
      key: () => sql`one.theme`,
      // A theme that an older version stored twice counts once.
      join: row =>
        sql`left join unnest(${row}.themes) with ordinality one(theme, n) on array_position(${row}.themes, one.theme) = one.n`,
      containsRow: (row, key) => sql`(${key} = any(${row}.themes) or (${key} is null and ${row}.themes = '{}'))`,
    },
    ...sidedDimensions,
  },
  sizes: {
    ...sidedSizes,
    STATUS: enumSize(PartnershipStatus),
    KIND: enumSize(PartnershipKind),
    ORIGIN: enumSize(PartnershipOrigin),
    DUTCH_LEVEL: enumSize(DutchAuthorityLevel),
    CHINESE_LEVEL: enumSize(ChineseAuthorityLevel),
    THEME: enumSize(Theme) + 1,
  },
  aggregates: {
    ...sidedAggregates,
    exchangeCount: row => sql`sum((select count(*) from exchange record where record.partnership_id = ${row}.id))::int`,
  },
};

const PartnershipGroup = groupType(
  'Partnership',
  'Partnerships with the same value in each dimension of `by`. The fields of other dimensions are null.',
  {
    status: [() => PartnershipStatus, "Today's status, or that of the day of `on`, if grouped by `STATUS`."],
    kind: [() => PartnershipKind, 'Form, if grouped by `KIND`.'],
    origin: [() => PartnershipOrigin, 'Who took the initiative, if grouped by `ORIGIN`.'],
    ...startKeyFields,
    dutchLevel: [() => DutchAuthorityLevel, 'Level of the Dutch side, if grouped by `DUTCH_LEVEL`.'],
    chineseLevel: [() => ChineseAuthorityLevel, 'Level of the Chinese side, if grouped by `CHINESE_LEVEL`.'],
    theme: [() => Theme, 'Theme, if grouped by `THEME`. Null also for partnerships without a theme.'],
    ...confidenceKeyField,
    count: [() => Int, 'Number of partnerships in the group.', 'non-null'],
    ...authorityCountField,
    exchangeCount: [() => Int, 'Number of exchanges under these partnerships.', 'non-null'],
    ...startSpanFields,
  },
);

const PartnershipGroupArgs = groupArgs<PartnershipDimension>(
  () => PartnershipDimension,
  () => PartnershipFilter,
  PartnershipDimension.STATUS,
);

const PartnershipGroupProvinces = provincesOfGroup(() => PartnershipGroup);

@Resolver(() => PartnershipGroup)
class PartnershipGroupResolver {
  @AssumedSize(ASSUMED_GROUPS, 'first')
  @SizeByArguments(sizeOfGroups(grouping.sizes))
  @Query(
    () => [PartnershipGroup],
    nullOnError(
      'Counts partnerships by up to three dimensions. Returns at most 1,000 groups; more than that is an error.',
    ),
  )
  partnershipGroups(
    @Args(() => PartnershipGroupArgs) args: GroupArgs<PartnershipDimension>,
    @Ctx() { em }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return groupRows(em, grouping, 'PartnershipGroup.partnerships', args, info);
  }

  @FieldResolver(() => PartnershipConnection, { description: 'The partnerships in the group, oldest first.' })
  partnerships(
    @Root() group: SidedGroupRow<Partnership>,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ) {
    return memberConnection(em, group, page);
  }
}

export const partnershipGroupResolvers = [PartnershipGroupProvinces, PartnershipGroupResolver] as const;
