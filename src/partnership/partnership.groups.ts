import type { GraphQLResolveInfo } from 'graphql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { Args, Ctx, Field, FieldResolver, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { ChineseAuthorityLevel, DutchAuthorityLevel, PROVINCES_TOLD } from '../authority/authority.enums.js';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { authorities } from '../authority/authority.listing.js';
import type { Context } from '../context.js';
import {
  type Dimension,
  type Group,
  type Grouping,
  groupMembers,
  groups,
  type RowsOfGroups,
} from '../graph/list/group.js';
import { type GroupArgs, groupArgs } from '../graph/list/group-args.js';
import { childConnection } from '../graph/list/nested-list.js';
import { PageArgs } from '../graph/list/page.js';
import { selectedFields } from '../graph/list/selected-fields.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { AssumedSize, Cost } from '../graph/schema/cost.js';
import { column } from '../graph/search/search-terms.js';
import { codeList } from '../graph/types/code-list.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { PartnershipKind, PartnershipOrigin, PartnershipStatus, Theme } from './partnership.enums.js';
import { PartnershipFilter } from './partnership.filter.js';
import type { Partnership } from './partnership.js';
import { PartnershipConnection, partnerships } from './partnership.listing.js';

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
  STATUS: ['By status today.', 'Status', 'Status', '状态'],
  KIND: ['By form.', 'Vorm', 'Form', '形式'],
  ORIGIN: ['By who took the initiative.', 'Aanleiding', 'Origin', '起因'],
  STARTED_YEAR: ['By year of the start date.', 'Beginjaar', 'Year of start', '开始年份'],
  STARTED_DECADE: [
    'By decade of the start date: 1990 means 1990–1999.',
    'Begindecennium',
    'Decade of start',
    '开始年代',
  ],
  ...PROVINCES_TOLD,
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

/** The dimensions of the two sides, which partnerships and exchanges share. */
export function sideDimensions(side: 'dutch' | 'chinese'): { province: Dimension; level: Dimension } {
  const its = raw(`${side}_side`);
  const joinSide = (row: Sql) => sql`left join authority ${its} on ${its}.id = ${row}.${raw(`${side}_id`)}`;
  return {
    province: {
      field: `${side}Province`,
      kind: 'text',
      key: () => sql`coalesce(${its}.parent_id, ${its}.id)`,
      join: joinSide,
    },
    level: { field: `${side}Level`, kind: 'text', key: () => sql`${its}.level`, join: joinSide },
  };
}

/** The dimensions of a start, which partnerships and exchanges share. */
export const startDimensions: { year: Dimension; decade: Dimension } = {
  year: { field: 'startedYear', kind: 'integer', key: row => sql`substr(${row}.started_day, 1, 4)::int` },
  decade: { field: 'startedDecade', kind: 'integer', key: row => sql`(substr(${row}.started_day, 1, 3) || '0')::int` },
};

/** A column as a dimension. */
export const columnDimension = (field: string, name: string): Dimension => ({ field, kind: 'text', key: column(name) });

/** The first and the last start in a group, as exactly as they are known. */
export const startSpan: Grouping<never, never>['aggregates'] = {
  firstStartedOn: row => sql`min(${row}.started_on::text collate "C")`,
  lastStartedOn: row => sql`max(${row}.started_on::text collate "C")`,
};

const [dutch, chinese] = [sideDimensions('dutch'), sideDimensions('chinese')];

const grouping: Grouping<PartnershipDimension, Partnership> = {
  listing: partnerships,
  dimensions: {
    STATUS: columnDimension('status', 'status'),
    KIND: columnDimension('kind', 'kind'),
    ORIGIN: columnDimension('origin', 'origin'),
    STARTED_YEAR: startDimensions.year,
    STARTED_DECADE: startDimensions.decade,
    DUTCH_PROVINCE: dutch.province,
    CHINESE_PROVINCE: chinese.province,
    DUTCH_LEVEL: dutch.level,
    CHINESE_LEVEL: chinese.level,
    THEME: {
      field: 'theme',
      kind: 'text',
      key: () => sql`one.theme`,
      join: row => sql`left join unnest(${row}.themes) one(theme) on true`,
      containsRow: (row, key) => sql`(${key} = any(${row}.themes) or (${key} is null and ${row}.themes = '{}'))`,
    },
    CONFIDENCE: columnDimension('confidence', 'confidence'),
  },
  aggregates: {
    authorityCount: row => sql`(count(distinct ${row}.dutch_id) + count(distinct ${row}.chinese_id))::int`,
    exchangeCount: row => sql`sum((select count(*) from exchange its where its.partnership_id = ${row}.id))::int`,
    ...startSpan,
  },
};

const key = { nullable: true } as const;

@Cost(2)
@ObjectType({ description: 'Partnerships that are alike in what they were grouped by; keys not grouped by are null.' })
export class PartnershipGroup {
  @Field(() => PartnershipStatus, { ...key, description: "Today's status." })
  status?: PartnershipStatus;
  @Field(() => PartnershipKind, { ...key, description: 'The form of the tie.' })
  kind?: PartnershipKind;
  @Field(() => PartnershipOrigin, { ...key, description: 'Who set it going.' })
  origin?: PartnershipOrigin;
  @Field(() => Int, { ...key, description: 'The year of the start; null also when that is unknown.' })
  startedYear?: number;
  @Field(() => Int, {
    ...key,
    description: 'The first year of the ten that the start is in; null also when that is unknown.',
  })
  startedDecade?: number;
  @Field(() => DutchAuthorityLevel, { ...key, description: 'The kind of authority on the Dutch side.' })
  dutchLevel?: DutchAuthorityLevel;
  @Field(() => ChineseAuthorityLevel, { ...key, description: 'The kind of authority on the Chinese side.' })
  chineseLevel?: ChineseAuthorityLevel;
  @Field(() => Theme, { ...key, description: 'The theme; null also when there is none.' })
  theme?: Theme;
  @Field(() => Confidence, { ...key, description: 'How well they are evidenced.' })
  confidence?: Confidence;
  @Field(() => Int, { description: 'How many partnerships.' })
  count!: number;
  @Field(() => Int, { description: 'How many different authorities on both sides.' })
  authorityCount!: number;
  @Field(() => Int, { description: 'How many exchanges were held under them.' })
  exchangeCount!: number;
  @Field(() => PartialDate, { ...key, description: 'The earliest start; null when none is known.' })
  firstStartedOn?: string;
  @Field(() => PartialDate, { ...key, description: 'The latest start; null when none is known.' })
  lastStartedOn?: string;
}

/** A group as its field resolvers see it. */
export type GroupRow<Row extends object> = Group & {
  /** The records of the group, as a nested list; the same for all groups of an answer. */
  rows: RowsOfGroups<Row>;
  dutchProvince?: string | null;
  chineseProvince?: string | null;
};

const PartnershipGroupArgs = groupArgs<PartnershipDimension>(
  () => PartnershipDimension,
  () => PartnershipFilter,
);

@Resolver(() => PartnershipGroup)
export class PartnershipGroupResolver {
  @AssumedSize(50)
  @Query(() => [PartnershipGroup], {
    description: 'Counts partnerships by up to three dimensions: at most 1,000 groups.',
  })
  async partnershipGroups(
    @Args(() => PartnershipGroupArgs) request: GroupArgs<PartnershipDimension>,
    @Ctx() { em }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const found = await groups(em, grouping, request, selectedFields(info));
    const rows = groupMembers(grouping, 'PartnershipGroup.partnerships', request);
    return found.map(group => Object.assign(group, { rows }));
  }

  @FieldResolver(() => DutchAuthority, { nullable: true, description: 'The province of the Dutch side.' })
  dutchProvince(@Root() { dutchProvince }: GroupRow<Partnership>, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, dutchProvince);
  }

  @FieldResolver(() => ChineseAuthority, {
    nullable: true,
    description: 'The province, or its equal, of the Chinese side.',
  })
  chineseProvince(@Root() { chineseProvince }: GroupRow<Partnership>, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, chineseProvince);
  }

  @FieldResolver(() => PartnershipConnection, { description: 'The partnerships of the group, oldest first.' })
  partnerships(
    @Root() { keys, rows }: GroupRow<Partnership>,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ) {
    return childConnection(em, rows.relation, keys, page, rows.restriction);
  }
}
