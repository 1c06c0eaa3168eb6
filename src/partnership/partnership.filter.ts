import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { AuthorityFilter } from '../authority/authority.filter.js';
import { authorityIn, hasSide } from '../authority/sides.js';
import {
  filterField,
  filterType,
  type RelationJoin,
  relationFilter,
  toManyFilter,
  toOneFilter,
} from '../graph/list/filter.js';
import {
  dateCondition,
  enumCondition,
  enumFilter,
  enumListCondition,
  enumListFilter,
  IdFilter,
  PartialDateFilter,
} from '../graph/list/operators.js';
import { checkId } from '../graph/record/node.js';
import { column, textCondition } from '../graph/search/search-terms.js';
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

const KindFilter = enumFilter('PartnershipKind', () => PartnershipKind);
const StatusFilter = enumFilter('PartnershipStatus', () => PartnershipStatus);
const OriginFilter = enumFilter('PartnershipOrigin', () => PartnershipOrigin);
const MotivesFilter = enumListFilter('PartnershipMotive', () => PartnershipMotive);
const ThemesFilter = enumListFilter('Theme', () => Theme);
const SupportFilter = enumListFilter('SupportBase', () => SupportBase);
const DialogueFilter = enumListFilter('DialogueTopic', () => DialogueTopic);

export const PartnershipFilter = filterType('PartnershipFilter', 'Which partnerships; all of those given hold.', {
  id: [() => IdFilter, 'By id.', enumCondition(column('id'))],
  kind: [() => KindFilter, 'By form.', enumCondition(column('kind'))],
  status: [() => StatusFilter, "By today's status.", enumCondition(column('status'))],
  origin: [() => OriginFilter, 'By who set it going.', enumCondition(column('origin'))],
  startedOn: [() => PartialDateFilter, 'By when it was made.', dateCondition(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'By when it was ended.', dateCondition(column('ended_day'))],
  lastEvidenceOn: [() => PartialDateFilter, 'By its newest evidence.', dateCondition(column('last_evidence_day'))],
  themes: [() => ThemesFilter, 'By what it is about.', enumListCondition(column('themes'))],
  motives: [() => MotivesFilter, 'By why it is wanted.', enumListCondition(column('motives'))],
  support: [() => SupportFilter, 'By who stands behind it.', enumListCondition(column('support'))],
  dialogueTopics: [
    () => DialogueFilter,
    'By the difficult subjects it makes room for.',
    enumListCondition(column('dialogue_topics')),
  ],
  confidence: [() => ConfidenceFilter, 'By how well it is evidenced.', enumCondition(column('confidence'))],
  dutch: [() => AuthorityFilter, 'By its Dutch side.', toOneFilter(authorityIn('dutch_id'))],
  chinese: [() => AuthorityFilter, 'By its Chinese side.', toOneFilter(authorityIn('chinese_id'))],
  nestedIn: [
    () => ID,
    'It lies in this provincial tie: the two provinces hold both its ends.',
    (row: Sql, id: string, { path }: { path: string }) =>
      sql`exists (select 1 from partnership outer_tie where outer_tie.id = ${checkId(id, path)} and ${isNestedIn(row, sql`outer_tie`)})`,
  ],
  activeOn: [() => PartialDate, 'It was active on that day.', activeOn],
  text: [() => String, 'What a search for this text would find.', textCondition],
});
export type PartnershipFilter = object;

const PartnershipsFilter = relationFilter('PartnershipRelationFilter', () => PartnershipFilter);

/** Adds `partnerships: { some, none }` to the filter of a concept that partnerships belong to. */
export function filterByPartnerships(filter: typeof AuthorityFilter, on: RelationJoin['on']): void {
  filterField(
    filter,
    'partnerships',
    () => PartnershipsFilter,
    'By its partnerships.',
    toManyFilter({ filter: () => PartnershipFilter, table: 'partnership', alias: 'p', on }),
  );
}

filterByPartnerships(AuthorityFilter, (row, partnership) => hasSide(partnership, sql`${row}.id`));
