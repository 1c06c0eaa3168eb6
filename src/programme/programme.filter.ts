import sql, { raw, type Sql } from 'sql-template-tag';
import {
  type FilterClass,
  filterField,
  filterType,
  type RelationJoin,
  relationFilter,
  toManyFilter,
} from '../graph/list/filter.js';
import {
  BooleanFilter,
  booleanCondition,
  dateCondition,
  enumCondition,
  IdFilter,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { column, textCondition } from '../graph/search/search-terms.js';
import { OrganisationFilter } from '../organisation/organisation.listing.js';
import { filterByPartnerships, PartnershipFilter } from '../partnership/partnership.filter.js';
import { ConfidenceFilter } from '../source/confidence.filter.js';

export const ProgrammeFilter = filterType('ProgrammeFilter', 'Which programmes; all of those given hold.', {
  id: [() => IdFilter, 'By id.', enumCondition(column('id'))],
  inVngInternationalPortfolio: [
    () => BooleanFilter,
    "By whether it belongs to VNG International's China portfolio.",
    booleanCondition(column('in_vng_international_portfolio')),
  ],
  startedOn: [() => PartialDateFilter, 'By when it began.', dateCondition(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'By when it ended.', dateCondition(column('ended_day'))],
  confidence: [() => ConfidenceFilter, 'By how well it is evidenced.', enumCondition(column('confidence'))],
  text: [() => String, 'What a search for this text would find.', textCondition],
});
export type ProgrammeFilter = object;

const ProgrammesFilter = relationFilter('ProgrammeRelationFilter', () => ProgrammeFilter);
const OrganisationsFilter = relationFilter('OrganisationRelationFilter', () => OrganisationFilter);

/** The kinds of record that take part in programmes, each by a table of links. */
export type Participant = 'organisation' | 'authority' | 'partnership';

/** Whether a programme and a participant belong together. */
export const takesPart =
  (participant: Participant) =>
  (programme: Sql, its: Sql): Sql =>
    sql`exists (select 1 from ${raw(`programme_${participant}`)} link where link.programme_id = ${programme} and link.${raw(`${participant}_id`)} = ${its})`;

const byId =
  (on: (programme: Sql, its: Sql) => Sql): RelationJoin['on'] =>
  (row, related) =>
    on(sql`${row}.id`, sql`${related}.id`);

function filterByProgrammes(filter: FilterClass, participant: Participant): void {
  const on = takesPart(participant);
  filterField(
    filter,
    'programmes',
    () => ProgrammesFilter,
    'By the programmes it takes part in.',
    toManyFilter({
      filter: () => ProgrammeFilter,
      table: 'programme',
      alias: 'g',
      on: byId((its, programme) => on(programme, its)),
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
  'By the organisations that take part in it.',
  toManyFilter({
    filter: () => OrganisationFilter,
    table: 'organisation',
    alias: 'o',
    on: byId(takesPart('organisation')),
  }),
);
