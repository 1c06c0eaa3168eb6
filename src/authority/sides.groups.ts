import sql, { raw, type Sql } from 'sql-template-tag';
import { type ClassType, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import type { GroupRow } from '../graph/list/group-members.js';
import type { GroupFields } from '../graph/list/group-type.js';
import type { Dimension, Grouping } from '../graph/list/grouping.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { column } from '../graph/sql/columns.js';
import { enumSize } from '../graph/types/enum.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { ChineseAuthorityLevel, DutchAuthorityLevel } from './authority.enums.js';
import { ChineseAuthority, DutchAuthority } from './authority.js';
import { authorities } from './authority.listing.js';

/** The levels of provinces and their equivalents, as a list of SQL: of the authorities that groups by province have. */
const PROVINCIAL = raw(
  `(${[
    DutchAuthorityLevel.PROVINCE,
    DutchAuthorityLevel.WATER_AUTHORITY,
    ChineseAuthorityLevel.AUTONOMOUS_REGION,
    ChineseAuthorityLevel.DIRECT_ADMINISTERED_MUNICIPALITY,
    ChineseAuthorityLevel.SPECIAL_ADMINISTRATIVE_REGION,
  ]
    .map(level => `'${level}'`)
    .join(', ')})`,
);

/**
 * SQL expression: the province of an authority, or the authority itself if it is one. Null for a municipality whose province
 * is not recorded, and for a district whose parent is a city. PostgreSQL reads the provinces once for a statement.
 */
const provinceOf = (authority: Sql) =>
  sql`case when ${authority}.parent_id in (select id from authority where level in ${PROVINCIAL}) then ${authority}.parent_id
  when ${authority}.level in ${PROVINCIAL} then ${authority}.id end`;

/** Returns the dimensions of one side: its province, or the side itself if it is one, and its level. */
export function sideDimensions(side: 'dutch' | 'chinese'): { province: Dimension; level: Dimension } {
  const authority = raw(`${side}_side`);
  const join = (row: Sql) => sql`left join authority ${authority} on ${authority}.id = ${row}.${raw(`${side}_id`)}`;
  return {
    province: { field: `${side}Province`, kind: 'text', key: () => provinceOf(authority), join },
    level: { field: `${side}Level`, kind: 'text', key: () => sql`${authority}.level`, join },
  };
}

/** Returns a column as a dimension. */
export const columnDimension = (field: string, name: string): Dimension => ({ field, kind: 'text', key: column(name) });

/** The dimensions that all two-sided records have. */
export const sidedDimensions = {
  STARTED_YEAR: { field: 'startedYear', kind: 'integer', key: column('started_year'), followsValues: true },
  STARTED_DECADE: {
    field: 'startedDecade',
    kind: 'integer',
    key: column('started_year'),
    fold: year => sql`${year} / 10 * 10`,
    followsValues: true,
  },
  DUTCH_PROVINCE: sideDimensions('dutch').province,
  CHINESE_PROVINCE: sideDimensions('chinese').province,
  CONFIDENCE: columnDimension('confidence', 'confidence'),
} satisfies Record<string, Dimension>;

/** The 12 provinces and 21 water authorities of the Netherlands, the 34 provinces of China and their equivalents, or none. */
export const sidedSizes = {
  DUTCH_PROVINCE: 12 + 21 + 1,
  CHINESE_PROVINCE: 34 + 1,
  CONFIDENCE: enumSize(Confidence),
} satisfies Partial<Record<keyof typeof sidedDimensions, number>>;

/** The number of authorities in a group, and its first and last start with the precision of their sources. */
export const sidedAggregates: Grouping<never, never>['aggregates'] = {
  authorityCount: row => sql`(count(distinct ${row}.dutch_id) + count(distinct ${row}.chinese_id))::int`,
  firstStartedOn: row => sql`min(${row}.started_on::text collate "C")`,
  lastStartedOn: row => sql`max(${row}.started_on::text collate "C")`,
};

/** The keys of a start. */
export const startKeyFields: GroupFields = {
  startedYear: [() => Int, 'Year of the start date, if grouped by `STARTED_YEAR`. Null also if unknown.'],
  startedDecade: [
    () => Int,
    'First year of the decade of the start date, if grouped by `STARTED_DECADE`: 1990 means 1990–1999. Null also if unknown.',
  ],
};

export const confidenceKeyField: GroupFields = {
  confidence: [() => Confidence, 'How well the records are supported by sources, if grouped by `CONFIDENCE`.'],
};

export const authorityCountField: GroupFields = {
  authorityCount: [() => Int, 'Number of different authorities, both sides together.', 'non-null'],
};

export const startSpanFields: GroupFields = {
  firstStartedOn: [() => PartialDate, 'Earliest start date. Null if no start date is known.'],
  lastStartedOn: [() => PartialDate, 'Latest start date. Null if no start date is known.'],
};

/** A group of two-sided records as its field resolvers see it. */
export type SidedGroupRow<Row extends object> = GroupRow<Row> & {
  dutchProvince?: string | null;
  chineseProvince?: string | null;
};

/** Returns the resolver class of the two provinces of a group type. */
export function provincesOfGroup(type: () => ClassType) {
  @Resolver(type)
  class GroupProvinces {
    @FieldResolver(() => DutchAuthority, {
      nullable: true,
      description: 'Province of the Dutch side, if grouped by `DUTCH_PROVINCE`. Null also if it is not recorded.',
    })
    dutchProvince(@Root() { dutchProvince }: SidedGroupRow<object>, @Ctx() { em }: Context) {
      return resolveReference(em, authorities, dutchProvince);
    }

    @FieldResolver(() => ChineseAuthority, {
      nullable: true,
      description:
        'Province (or equivalent) of the Chinese side, if grouped by `CHINESE_PROVINCE`. Null also if it is not recorded.',
    })
    chineseProvince(@Root() { chineseProvince }: SidedGroupRow<object>, @Ctx() { em }: Context) {
      return resolveReference(em, authorities, chineseProvince);
    }
  }
  return GroupProvinces;
}
