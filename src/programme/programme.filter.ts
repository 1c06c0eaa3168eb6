import sql, { raw, type Sql } from 'sql-template-tag';
import { type FilterClass, filterField, filterType } from '../graph/list/filter.js';
import { idField } from '../graph/list/id-filter.js';
import {
  BooleanFilter,
  booleanCondition,
  dateCondition,
  enumCondition,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { type RelationJoin, relationFilter, toManyFilter } from '../graph/list/relation-filter.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { TEXT_DESCRIPTION, textCondition } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { OrganisationFilter } from '../organisation/organisation.listing.js';
import { filterByPartnerships, PartnershipFilter } from '../partnership/partnership.filter.js';
import { ConfidenceFilter } from '../source/confidence.filter.js';

export const ProgrammeFilter = filterType('ProgrammeFilter', 'Conditions on programmes; all must hold.', {
  ...idField,
  inVngInternationalPortfolio: [
    () => BooleanFilter,
    "Filters by whether the programme belongs to VNG International's China portfolio.",
    booleanCondition(column('in_vng_international_portfolio')),
  ],
  startedOn: [() => PartialDateFilter, 'Filters by start date.', dateCondition(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'Filters by end date.', dateCondition(column('ended_day'))],
  confidence: [
    () => ConfidenceFilter,
    'Filters by how well the record is supported by sources.',
    enumCondition(column('confidence')),
  ],
  ...updatedAtField,
  text: [() => String, TEXT_DESCRIPTION, textCondition],
});
export type ProgrammeFilter = object;

const ProgrammesFilter = relationFilter('ProgrammeRelationFilter', () => ProgrammeFilter);
const OrganisationsFilter = relationFilter('OrganisationRelationFilter', () => OrganisationFilter);

/** Types of record that are linked to programmes, each by its own link table, such as `programme_authority`. */
export type Participant = 'organisation' | 'authority' | 'partnership';

/** Condition: a link exists, `exists (select 1 from programme_authority link where …)`. */
export const takesPart =
  (participant: Participant) =>
  (programme: Sql, id: Sql): Sql =>
    sql`exists (select 1 from ${raw(`programme_${participant}`)} link where link.programme_id = ${programme} and link.${raw(`${participant}_id`)} = ${id})`;

const byId =
  (on: (programme: Sql, id: Sql) => Sql): RelationJoin['on'] =>
  (row, related) =>
    on(sql`${row}.id`, sql`${related}.id`);

function filterByProgrammes(filter: FilterClass, participant: Participant): void {
  const on = takesPart(participant);
  filterField(
    filter,
    'programmes',
    () => ProgrammesFilter,
    'Filters by programmes.',
    toManyFilter({
      filter: () => ProgrammeFilter,
      table: 'programme',
      alias: 'g',
      on: byId((id, programme) => on(programme, id)),
    }),
  );
}
filterByProgrammes(PartnershipFilter, 'partnership');
filterByProgrammes(OrganisationFilter, 'organisation');
filterByPartnerships(ProgrammeFilter, byId(takesPart('partnership')));
filterField(
  ProgrammeFilter,
  'organisations',
  () => OrganisationsFilter,
  'Filters by participating organisations.',
  toManyFilter({
    filter: () => OrganisationFilter,
    table: 'organisation',
    alias: 'o',
    on: byId(takesPart('organisation')),
  }),
);
