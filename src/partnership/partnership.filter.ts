import sql, { type Sql } from 'sql-template-tag';
import { ID } from 'type-graphql';
import { AuthorityFilter } from '../authority/authority.filter.js';
import { filterField, filterType, type RelatedRows, relationFilter, toMany, toOne } from '../graph/filter.js';
import { checkId } from '../graph/node.js';
import { choice, choiceFilter, choices, choicesFilter, date, IdFilter, PartialDateFilter } from '../graph/operators.js';
import { PartialDate } from '../graph/partial-date.js';
import { column, found } from '../graph/search-terms.js';
import { Confidence } from '../source/confidence.js';
import { liesIn } from './nesting.js';
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

const KindFilter = choiceFilter('PartnershipKind', () => PartnershipKind);
const StatusFilter = choiceFilter('PartnershipStatus', () => PartnershipStatus);
const OriginFilter = choiceFilter('PartnershipOrigin', () => PartnershipOrigin);
/** Shared by all concepts that say how well they are evidenced. */
export const ConfidenceFilter = choiceFilter('Confidence', () => Confidence);
const MotivesFilter = choicesFilter('PartnershipMotive', () => PartnershipMotive);
const ThemesFilter = choicesFilter('Theme', () => Theme);
const SupportFilter = choicesFilter('SupportBase', () => SupportBase);
const DialogueFilter = choicesFilter('DialogueTopic', () => DialogueTopic);

/** The authority a row refers to in one of its columns. */
export const authorityIn = (reference: 'dutch_id' | 'chinese_id'): RelatedRows => ({
  filter: () => AuthorityFilter,
  table: 'authority',
  alias: 'a',
  on: (row, authority) => sql`${authority}.id = ${column(reference)(row)}`,
});

export const PartnershipFilter = filterType('PartnershipFilter', 'Which partnerships; all of those given hold.', {
  id: [() => IdFilter, 'By id.', choice(column('id'))],
  kind: [() => KindFilter, 'By form.', choice(column('kind'))],
  status: [() => StatusFilter, "By today's status.", choice(column('status'))],
  origin: [() => OriginFilter, 'By who set it going.', choice(column('origin'))],
  startedOn: [() => PartialDateFilter, 'By when it was made.', date(column('started_day'))],
  endedOn: [() => PartialDateFilter, 'By when it was ended.', date(column('ended_day'))],
  lastEvidenceOn: [() => PartialDateFilter, 'By its newest evidence.', date(column('last_evidence_day'))],
  themes: [() => ThemesFilter, 'By what it is about.', choices(column('themes'))],
  motives: [() => MotivesFilter, 'By why it is wanted.', choices(column('motives'))],
  support: [() => SupportFilter, 'By who stands behind it.', choices(column('support'))],
  dialogueTopics: [
    () => DialogueFilter,
    'By the difficult subjects it makes room for.',
    choices(column('dialogue_topics')),
  ],
  confidence: [() => ConfidenceFilter, 'By how well it is evidenced.', choice(column('confidence'))],
  dutch: [() => AuthorityFilter, 'By its Dutch side.', toOne(authorityIn('dutch_id'))],
  chinese: [() => AuthorityFilter, 'By its Chinese side.', toOne(authorityIn('chinese_id'))],
  nestedIn: [
    () => ID,
    'It lies in this provincial tie: the two provinces hold both its ends.',
    (row: Sql, id: string, { path }: { path: string }) =>
      sql`exists (select 1 from partnership outer_tie where outer_tie.id = ${checkId(id, path)} and ${liesIn(row, sql`outer_tie`)})`,
  ],
  activeOn: [() => PartialDate, 'It was active on that day.', activeOn],
  text: [() => String, 'What a search for this text would find.', found],
});
export type PartnershipFilter = object;

const PartnershipsFilter = relationFilter('PartnershipRelationFilter', () => PartnershipFilter);

/** Adds `partnerships: { some, none }` to the filter of a concept that partnerships belong to. */
export function filterByPartnerships(filter: typeof AuthorityFilter, on: RelatedRows['on']): void {
  filterField(
    filter,
    'partnerships',
    () => PartnershipsFilter,
    'By its partnerships.',
    toMany({ filter: () => PartnershipFilter, table: 'partnership', alias: 'p', on }),
  );
}

/**
 * A tie or an exchange belongs to an authority when that is one of its two sides.
 *
 * @param type The type of the authority, where it is known: then its own side alone is looked at.
 */
export function hasSide(row: Sql, authority: Sql, type?: string): Sql {
  if (type === 'DutchAuthority') return sql`${row}.dutch_id = ${authority}`;
  if (type === 'ChineseAuthority') return sql`${row}.chinese_id = ${authority}`;
  return sql`(${row}.dutch_id = ${authority} or ${row}.chinese_id = ${authority})`;
}

filterByPartnerships(AuthorityFilter, (row, partnership) => hasSide(partnership, sql`${row}.id`));
