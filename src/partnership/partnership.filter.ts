import sql from 'sql-template-tag';
import { ID } from 'type-graphql';
import { AuthorityFilter } from '../authority/authority.filter.js';
import { hasSide, sideFilter } from '../authority/sides.js';
import { filterField, filterType } from '../graph/list/filter.js';
import { idField } from '../graph/list/id-filter.js';
import {
  dateCondition,
  enumCondition,
  enumFilter,
  enumListCondition,
  enumListFilter,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { type RelationJoin, relationFilter, toManyFilter } from '../graph/list/relation-filter.js';
import { updatedAtField } from '../graph/list/time-filter.js';
import { idCondition } from '../graph/record/id-condition.js';
import { TEXT_DESCRIPTION, textCondition } from '../graph/search/text-filter.js';
import { column } from '../graph/sql/columns.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ConfidenceFilter } from '../source/confidence.filter.js';
import { isNestedIn } from './nesting.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  PartnershipStatus,
  SupportBase,
  Theme,
} from './partnership.enums.js';
import { activeOn } from './status.js';
import { PartnershipStatusOnFilter, statusOnCondition } from './status-on.filter.js';

const KindFilter = enumFilter('PartnershipKind', () => PartnershipKind);
const StatusFilter = enumFilter('PartnershipStatus', () => PartnershipStatus);
const OriginFilter = enumFilter('PartnershipOrigin', () => PartnershipOrigin);
const MotivesFilter = enumListFilter('PartnershipMotive', () => PartnershipMotive);
const ThemesFilter = enumListFilter('Theme', () => Theme);
const SupportFilter = enumListFilter('SupportBase', () => SupportBase);
const DialogueFilter = enumListFilter('DialogueTopic', () => DialogueTopic);

export const PartnershipFilter = filterType('PartnershipFilter', 'Conditions on partnerships; all must hold.', {
  ...idField,
  kind: [() => KindFilter, 'Filters by form.', enumCondition(column('kind'))],
  status: [
    () => StatusFilter,
    "Filters by today's status. For another day, see `statusOn`.",
    enumCondition(column('status')),
  ],
  origin: [() => OriginFilter, 'Filters by who took the initiative.', enumCondition(column('origin'))],
  startedOn: [() => PartialDateFilter, 'Filters by start date.', dateCondition(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'Filters by end date.', dateCondition(column('ended_day'))],
  lastEvidenceOn: [
    () => PartialDateFilter,
    'Filters by the date of the newest evidence.',
    dateCondition(column('last_evidence_day')),
  ],
  themes: [() => ThemesFilter, 'Filters by theme.', enumListCondition(column('themes'))],
  motives: [() => MotivesFilter, 'Filters by reason for the partnership.', enumListCondition(column('motives'))],
  support: [
    () => SupportFilter,
    'Filters by the groups that support the partnership.',
    enumListCondition(column('support')),
  ],
  dialogueTopics: [
    () => DialogueFilter,
    'Filters by the sensitive subjects that can be discussed.',
    enumListCondition(column('dialogue_topics')),
  ],
  confidence: [
    () => ConfidenceFilter,
    'Filters by how well the record is supported by sources.',
    enumCondition(column('confidence')),
  ],
  dutch: [() => AuthorityFilter, 'Filters by the Dutch side.', sideFilter('dutch_id')],
  chinese: [() => AuthorityFilter, 'Filters by the Chinese side.', sideFilter('chinese_id')],
  nestedIn: [
    () => ID,
    'Filters by id of a provincial partnership: returns the partnerships whose two sides lie in its two provinces.',
    idCondition(
      (row, id) =>
        sql`exists (select 1 from partnership outer_tie where outer_tie.id = ${id} and ${isNestedIn(row, sql`outer_tie`)})`,
    ),
  ],
  activeOn: [
    () => PartialDate,
    'Filters by day: partnerships that were active on it. A year or a month means its first day.',
    activeOn,
  ],
  statusOn: [
    () => PartnershipStatusOnFilter,
    'Filters by the status on a day, as `status(on:)` returns it. Without an operator, `on` alone filters nothing.',
    statusOnCondition,
  ],
  ...updatedAtField,
  text: [() => String, TEXT_DESCRIPTION, textCondition],
});
export type PartnershipFilter = object;

const PartnershipsFilter = relationFilter('PartnershipRelationFilter', () => PartnershipFilter);

/** Adds `partnerships: { some, none }` to the filter of a type that partnerships refer to. */
export function filterByPartnerships(filter: typeof AuthorityFilter, on: RelationJoin['on']): void {
  filterField(
    filter,
    'partnerships',
    () => PartnershipsFilter,
    'Filters by partnerships.',
    toManyFilter({ filter: () => PartnershipFilter, table: 'partnership', alias: 'p', on }),
  );
}

filterByPartnerships(AuthorityFilter, (row, partnership) => hasSide(partnership, sql`${row}.id`));
